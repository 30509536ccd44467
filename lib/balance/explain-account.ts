import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { collectMoves, type ExplainedAccount } from "./collect-moves.ts";
import { GAIN_PATIENCE_MS, LOSS_PATIENCE_MS } from "./explain-policy.ts";
import type { Explanation } from "./explain-steps.ts";
import { type Facts, type Findings, judgeFacts } from "./judge-facts.ts";
import { findNewSteps, type JudgedStep, lockBalance, readFacts, writeJudgements } from "./store.ts";
import { tellUnexplained } from "./tell-unexplained.ts";

/** By account and currency; what a process forgets, it finds again. */
const found = new Map<string, Findings>();

/**
 * Finds what made up the changes of an account's balance. The search is made outside any transaction; what it
 * rests on is looked at again before its outcome is written, and where that has changed meanwhile, the next
 * time will tell.
 * @param how `unless_taken` does nothing while another process collects or writes
 */
export async function explainAccount(
  core: Core,
  account: ExplainedAccount,
  how: "wait" | "unless_taken",
): Promise<void> {
  const facts = await core.db.$transaction(async (tx) => {
    if (!(await lockBalance(tx, account.id, how))) return null;
    await collectMoves(tx, core, account);
    await findNewSteps(tx, core, account.id);
    const read = await readFacts(tx, account.id);
    if (read.length === 0) await tellUnexplained(tx, core, account.id, { isMore: false });
    return read;
  });
  if (!facts || facts.length === 0) return;
  const judged = facts.map((one) => ({
    print: printOf(one),
    explanations: judgeFacts(one, findingsOf(account.id, one.currency)),
  }));
  await core.db.$transaction(async (tx) => {
    await lockBalance(tx, account.id, "wait");
    const now = await readFacts(tx, account.id);
    let [changed, isMore] = [0, false];
    for (const one of now) {
      const print = printOf(one);
      const same = judged.find((other) => other.print === print);
      if (!same) continue;
      const written = await writeJudged(tx, core, one, same.explanations);
      changed += written.changed;
      isMore ||= written.isMore;
    }
    if (changed > 0) await notify(tx, ["balance", "alerts"]);
    await tellUnexplained(tx, core, account.id, { isMore });
  });
}

/** `explainAccount` after something that stands by itself: a failure is logged, and made up for by the engine. */
export async function explainSoon(core: Core, supplierId: string): Promise<void> {
  try {
    await explainAccount(core, { id: supplierId, currency: null }, "wait");
  } catch (error) {
    core.log.warn({ err: error, supplierId }, "changes of a balance are explained later");
  }
}

function findingsOf(supplierId: string, currency: string): Findings {
  const name = `${supplierId} ${currency}`;
  const findings: Findings = found.get(name) ?? new Map();
  found.set(name, findings);
  return findings;
}

/** All that a judgement rests on; that an amount was seen again only tells when to speak of it. */
const printOf = (facts: Facts<JudgedStep>): string =>
  JSON.stringify(facts, (key, value: unknown) => (key === "isSeenAgain" ? undefined : value));

async function writeJudged(
  tx: Tx,
  core: Pick<Core, "now">,
  { open, around }: Facts<JudgedStep>,
  explanations: Explanation[],
) {
  const now = core.now();
  const stepOf = new Map([...around, ...open].map((step) => [step.id, step]));
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
