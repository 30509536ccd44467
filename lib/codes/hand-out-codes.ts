import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import {
  answerOf,
  type Delivery,
  type Given,
  type GivingCore,
  giveCodes,
  type HandOutAnswer,
  isShown,
  revealsSoFar,
  whyShown,
} from "./give-codes.ts";
import { MOST_HANDED_OUT } from "./hand-out-limits.ts";
import { isStocked } from "./lifecycle.ts";
import { readyLink } from "./make-claim-link.ts";
import type { HandOutInput } from "./schema.ts";
import { type LockedCode, lockCodes, lockCodesOfOrder, type Taking, takeNext } from "./store.ts";

/**
 * Gives codes to a customer, all that were asked for or none: the next ones of a product's stock, named ones,
 * or those of an order. However many ask at once, no code is given twice, and nobody is refused while there are
 * enough. It needs a recent proof, and ways that show the codes need the right to reveal and a reason; each way
 * has its cap.
 *
 * Throws `forbidden`, `proof_needed`, or `invalid` (no reason, a text with a code in it, a PIN or time that no
 * link can have). The plaintext leaves only after the audit entries have been committed.
 */
export async function handOutCodes(
  core: GivingCore,
  actor: Actor,
  input: HandOutInput,
  request: RequestFacts,
): Promise<HandOutAnswer> {
  requireWay(core, actor, input);
  const link = isShown(input.way) ? undefined : await readyLink(input);
  const given = await whenEnough<Given>("stockProductId" in input, (taking) =>
    core.db.$transaction(async (tx) => {
      const handOutId = await handedOutBefore(tx, input);
      if (handOutId) return { kind: "repeated", handOutId };
      const taken = await revealsSoFar(tx, core, actor, input.way);
      const codes = await pick(tx, core, input, taking);
      const wanted = wantedOf(input);
      if (codes.length < wanted) return shortOf(tx, input, codes.length);
      return giveCodes(
        tx,
        core,
        actor,
        codes,
        input.customerRef,
        { ...input, link },
        taken,
        request,
      );
    }, PATIENT),
  );
  return answerOf(core, given, input.way);
}

/** What handing out in this way takes. */
export function requireWay(
  core: Pick<Core, "now">,
  actor: Actor,
  delivery: Pick<Delivery, "way" | "reason">,
): void {
  requirePermission(actor, "codes.hand_out");
  if (isShown(delivery.way)) requirePermission(actor, "codes.reveal");
  whyShown(delivery);
  // Of a link, too: whoever makes it could open it.
  requireRecentProof(core, actor);
}

/** Beside the others first, since that is fast; alone before anybody is told that there is too little. */
export async function whenEnough<Answer extends { kind: string }>(
  isFromStock: boolean,
  take: (taking: Taking) => Promise<Answer>,
): Promise<Answer> {
  const first = await take("beside");
  return isFromStock && first.kind === "out_of_stock" ? take("alone") : first;
}

/** Asked again once the codes turned out to be gone: the same hand-out may have taken them meanwhile. */
export async function shortOf(
  tx: Tx,
  delivery: Pick<Delivery, "handOutId">,
  available: number,
): Promise<Given> {
  const handOutId = await handedOutBefore(tx, delivery);
  return handOutId ? { kind: "repeated", handOutId } : { kind: "out_of_stock", available };
}

export async function handedOutBefore(
  tx: Tx,
  { handOutId }: Pick<Delivery, "handOutId">,
): Promise<string | null> {
  if (handOutId === undefined) return null;
  const row = await tx.handOut.findUnique({ where: { id: handOutId }, select: { id: true } });
  return row?.id ?? null;
}

function wantedOf(input: HandOutInput): number {
  if ("codeIds" in input) return input.codeIds.length;
  return input.quantity ?? 1;
}

async function pick(
  tx: Tx,
  core: Pick<Core, "now">,
  input: HandOutInput,
  taking: Taking,
): Promise<LockedCode[]> {
  const now = core.now();
  if ("stockProductId" in input) {
    return takeNext(tx, input.stockProductId, input.quantity, now, taking);
  }
  if ("orderId" in input) {
    const most = input.quantity ?? MOST_HANDED_OUT;
    return lockCodesOfOrder(tx, input.orderId, input.customerRef, now, most);
  }
  const codes = await lockCodes(tx, input.codeIds);
  return codes.filter((code) => mayHave(code, input.customerRef, now));
}

/** In stock or reserved for just this customer, and not over. */
export const mayHave = (code: LockedCode, customerRef: string, now: Date): boolean =>
  isStocked(code.state) &&
  (code.state === "available" || code.customerRef === customerRef) &&
  (code.expiresAt === null || code.expiresAt > now);
