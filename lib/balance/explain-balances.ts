import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { collectMoves, type ExplainedAccount } from "./collect-moves.ts";
import { GAIN_PATIENCE_MS, LOSS_PATIENCE_MS } from "./explain-policy.ts";
import { type Explanation, explainSteps, type Step } from "./explain-steps.ts";
import type { Move } from "./place-move.ts";
import {
  findNewSteps,
  type JudgedStep,
  lockBalance,
  readFreeMoves,
  readMovesOf,
  readNeighbours,
  readOpenSteps,
  writeJudgements,
} from "./store.ts";
import { tellUnexplained } from "./tell-unexplained.ts";

/**
 * Finds for each change of a balance what made it up, and tells of what nothing explains. Any number of
 * processes may do so at once: one does it for an account, the others leave it alone.
 */
export async function explainBalances(core: Core & { suppliers: SupplierAccounts }): Promise<void> {
  for (const account of core.suppliers.all()) {
    await core.db.$transaction(async (tx) => {
      if (await lockBalance(tx, account.id, "unless_taken"))
        await explainAccount(tx, core, account);
    });
  }
}

/** The same for one account, within the caller's transaction, which holds the account's turn. */
export async function explainAccount(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  account: ExplainedAccount,
): Promise<void> {
  await collectMoves(tx, core, account);
  await findNewSteps(tx, core, account.id);
  const open = await readOpenSteps(tx, account.id);
  let changed = 0;
  for (const steps of byCurrency(open)) changed += await judge(tx, core, account.id, steps);
  if (changed > 0) await notify(tx, ["balance", "alerts"]);
  await tellUnexplained(tx, core, account.id);
}

function byCurrency(steps: JudgedStep[]): JudgedStep[][] {
  const currencies = [...new Set(steps.map(({ currency }) => currency))];
  return currencies.map((currency) => steps.filter((step) => step.currency === currency));
}

/** Judges the open steps of a currency; where some stay unexplained, once more with those around them. */
async function judge(
  tx: Tx,
  core: Pick<Core, "now">,
  supplierId: string,
  open: JudgedStep[],
): Promise<number> {
  const own = await readMovesOf(tx, open);
  const free = await readFreeMoves(tx, supplierId, open);
  const alone = explainSteps(open, inOrder([...own, ...free]));
  if (countLeft(alone) === 0) return writeJudged(tx, core, open, alone);
  const around = await readNeighbours(tx, open);
  const others = await readMovesOf(tx, around);
  const together = explainSteps(
    [...around, ...open].toSorted(byTime),
    inOrder([...own, ...free, ...others]),
  );
  if (around.length === 0 || countLeft(together) >= countLeft(alone)) {
    return writeJudged(tx, core, open, alone);
  }
  return writeJudged(tx, core, [...around, ...open], together);
}

async function writeJudged(
  tx: Tx,
  core: Pick<Core, "now">,
  steps: JudgedStep[],
  explanations: Explanation[],
): Promise<number> {
  const now = core.now();
  const stepOf = new Map(steps.map((step) => [step.id, step]));
  const judged = explanations.flatMap(({ stepId, moves, remainder }) => {
    const step = stepOf.get(stepId);
    return step ? [{ stepId, moves, remainder, state: stateOf(step, remainder, now) }] : [];
  });
  return writeJudgements(tx, judged, now);
}

/** What is left over stays open while it may yet be explained; with the next sample a loss is told of. */
function stateOf(
  step: JudgedStep,
  remainder: string,
  now: Date,
): "open" | "explained" | "unexplained" {
  if (remainder === "0") return "explained";
  if (step.state === "unexplained") return "unexplained";
  const ageMs = now.getTime() - step.toAt.getTime();
  if (!remainder.startsWith("-")) return ageMs >= GAIN_PATIENCE_MS ? "unexplained" : "open";
  return step.isSeenAgain || ageMs >= LOSS_PATIENCE_MS ? "unexplained" : "open";
}

const countLeft = (explanations: Explanation[]): number =>
  explanations.filter(({ remainder }) => remainder !== "0").length;

const byTime = (left: Step, right: Step): number =>
  left.toAt.getTime() - right.toAt.getTime() || (left.id < right.id ? -1 : 1);

/** Equal moves are taken in the order in which they came about. */
const inOrder = (moves: Move[]): Move[] =>
  moves.toSorted(
    (left, right) =>
      left.earliestAt.getTime() - right.earliestAt.getTime() || (left.id < right.id ? -1 : 1),
  );
