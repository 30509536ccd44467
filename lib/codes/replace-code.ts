import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import {
  answerOf,
  type Given,
  type GivingCore,
  giveCodes,
  type HandOutAnswer,
  isShown,
  revealsSoFar,
} from "./give-codes.ts";
import { handedOutBefore, mayHave, requireWay, shortOf, whenEnough } from "./hand-out-codes.ts";
import { requireMove } from "./lock-code.ts";
import { type ReadyLink, readyLink } from "./make-claim-link.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import type { ReplaceInput } from "./schema.ts";
import { type LockedCode, lockCodes, type Taking, takeNext } from "./store.ts";

/**
 * Gives a bad code's customer another one for it: the next good one of the same product, or the one that is
 * named. Both know of each other, and the bad one is `replaced` for good. Throws as `handOutCodes`, `not_found`,
 * and `conflict` where the code isn't bad (any more) or was nobody's.
 */
export async function replaceCode(
  core: GivingCore,
  actor: Actor,
  input: ReplaceInput,
  request: RequestFacts,
): Promise<HandOutAnswer> {
  requirePermission(actor, "codes.mark");
  requireWay(core, actor, input);
  const link = isShown(input.way) ? undefined : await readyLink(input);
  const given = await whenEnough<Given>(input.withCodeId === undefined, (taking) =>
    core.db.$transaction(
      (tx) => replace(tx, core, actor, { ...input, link }, taking, request),
      PATIENT,
    ),
  );
  return answerOf(core, given, input.way);
}

async function replace(
  tx: Tx,
  core: GivingCore,
  actor: Actor,
  input: ReplaceInput & { link: ReadyLink | undefined },
  taking: Taking,
  request: RequestFacts,
): Promise<Given> {
  const taken = await revealsSoFar(tx, core, actor, input.way);
  const { codeId, withCodeId } = input;
  const locked = await lockCodes(tx, withCodeId === undefined ? [codeId] : [codeId, withCodeId]);
  const bad = locked.find(({ id }) => id === codeId);
  if (!bad) throw new KeyholdError("not_found", `code ${codeId}`);
  // Whoever replaced it just now may have been this very request, posted twice.
  const same = await handedOutBefore(tx, input);
  if (same) return { kind: "repeated", handOutId: same };
  requireMove(bad, "replaced");
  const { customerRef } = bad;
  if (customerRef === null) throw new KeyholdError("conflict", `code ${bad.id} was nobody's`);
  const named = locked.find(({ id }) => id === withCodeId);
  const good =
    withCodeId === undefined
      ? await nextGood(tx, core, bad, taking)
      : named && isGoodFor(named, bad, customerRef, core.now())
        ? named
        : undefined;
  if (!good) return shortOf(tx, input, 0);
  const given = await giveCodes(tx, core, actor, [good], customerRef, input, taken, request);
  if (given.kind !== "given") return given;
  const { handOutId } = given;
  await tx.code.updateMany({ where: { id: good.id }, data: { replacesId: bad.id } });
  await tx.code.updateMany({
    where: { id: bad.id },
    data: { state: "replaced", stateChangedAt: core.now() },
  });
  const details = () => ({ byCodeId: good.id, handOutId });
  await noteOnCodes(tx, core, actor, [bad], { action: "code.replaced", details }, request);
  return given;
}

/** What a mock order brought is no code, but for another mock's. */
const isGoodFor = (code: LockedCode, bad: LockedCode, customerRef: string, now: Date): boolean =>
  (!code.isMock || bad.isMock) && mayHave(code, customerRef, now);

async function nextGood(
  tx: Tx,
  core: GivingCore,
  bad: LockedCode,
  taking: Taking,
): Promise<LockedCode | undefined> {
  if (bad.isMock) return undefined;
  const [next] = await takeNext(tx, bad.stockProductId, 1, core.now(), taking);
  return next;
}
