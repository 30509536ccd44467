import { type Actor, actorColumns } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { type CodeParts, partsOf } from "./code-parts.ts";
import { openCode, placeOf } from "./code-seal.ts";
import { countReveals, type Taken, watchVolume } from "./count-reveals.ts";
import { makeClaimLink, type NewClaimLink, type ReadyLink } from "./make-claim-link.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { noteTellsCode } from "./note-tells-code.ts";
import type { LockedCode } from "./store.ts";

export type GivingCore = Core & { sealer: Sealer };

export type HandOutWay = "reveal" | "slip" | "link";

/** How codes come to a customer. */
export type Delivery = {
  handOutId?: string | undefined;
  way: HandOutWay;
  note?: string | undefined;
  /** Why the codes are shown to who hands them out; needed by the ways that do so. */
  reason?: string | undefined;
  /** Of a hand-out by link. */
  link?: ReadyLink | undefined;
};

export type HandedOutCode = {
  id: string;
  mask: string;
  /** Where the way is to show it; null where it doesn't open, so that it can be marked bad. */
  plain?: { value: string; parts: CodeParts } | null;
};

export type HandOutAnswer =
  | { kind: "handed_out"; handOutId: string; codes: HandedOutCode[]; link?: NewClaimLink }
  /** This very hand-out was made before; nothing was given again. */
  | { kind: "repeated"; handOutId: string }
  /** Too few that may be given to this customer; nothing was given. */
  | { kind: "out_of_stock"; available: number }
  /** The person may not have so many within the hour; nothing was given. */
  | { kind: "capped"; limit: number; left: number };

/** What was given within a transaction; becomes an answer once that has committed. */
export type Given =
  | { kind: "given"; handOutId: string; codes: LockedCode[]; link?: NewClaimLink }
  | Exclude<HandOutAnswer, { kind: "handed_out" }>;

/** The codes are shown to the person who hands them out. */
export const isShown = (way: HandOutWay): boolean => way !== "link";

/** Why codes are shown; throws `invalid` where nobody says so. Undefined for a link, which shows nobody anything. */
export const whyShown = ({ way, reason }: Pick<Delivery, "way" | "reason">): string | undefined =>
  isShown(way) ? reasonText(reason ?? "") : undefined;

/**
 * How many codes the person got within the hour, null for a job: a slip is no way round the cap, nor is a link,
 * which whoever made it could open. To be asked before any code is locked, as revealing does, so that the two
 * can't wait for each other.
 */
export async function revealsSoFar(
  tx: Tx,
  core: Pick<Core, "now">,
  actor: Actor,
  way: HandOutWay,
): Promise<Taken | null> {
  if (actor.kind !== "user") return null;
  return countReveals(tx, core, actor, isShown(way) ? "shown" : "linked");
}

/**
 * Hands out locked codes that may be: the hand-out, their states, the audit entries and the claim link, in the
 * caller's transaction. `repeated` and `capped` leave nothing behind.
 */
export async function giveCodes(
  tx: Tx,
  core: GivingCore,
  actor: Actor,
  codes: LockedCode[],
  customerRef: string,
  delivery: Delivery,
  taken: Taken | null,
  request: RequestFacts,
): Promise<Given> {
  const { way, note } = delivery;
  const reason = whyShown(delivery);
  const known = codes.map(({ blindIndex }) => blindIndex);
  for (const text of [note, reason]) {
    if (text && noteTellsCode(core.sealer, known, text)) {
      throw new KeyholdError("invalid", "the text has the code in it");
    }
  }
  if (taken && taken.count + codes.length > taken.most) {
    return { kind: "capped", limit: taken.most, left: Math.max(0, taken.most - taken.count) };
  }
  const handOutId = delivery.handOutId ?? core.newId();
  const now = core.now();
  const row = { id: handOutId, customerRef, way, note: note || null, createdAt: now };
  // Whoever makes the same hand-out at the same time waits here until this one has committed.
  const made = await tx.handOut.createMany({
    data: [{ ...row, ...actorColumns(actor) }],
    skipDuplicates: true,
  });
  if (made.count === 0) return { kind: "repeated", handOutId };
  await tx.$executeRaw`
    update codes set state = 'handed_out', state_changed_at = ${now}, customer_ref = ${customerRef},
      hand_out_id = ${handOutId}::uuid,
      revealed_at = case when ${isShown(way)} then coalesce(revealed_at, ${now}) else revealed_at end
    where id = any(${codes.map(({ id }) => id)}::uuid[])`;
  if (taken) await watchVolume(tx, core, taken, codes.length);
  const details = () => ({ handOutId, way, customerRef });
  await noteOnCodes(tx, core, actor, codes, { action: "code.handed_out", details }, request);
  if (reason !== undefined) {
    const place = ({ item, position }: LockedCode) => ({
      handOutId,
      ...(item === null ? {} : { item }),
      position,
    });
    const shown = { action: "code.revealed", reason, details: place };
    await noteOnCodes(tx, core, actor, codes, shown, request);
    return { kind: "given", handOutId, codes };
  }
  if (!delivery.link) throw new Error("A hand-out by link needs one that is ready.");
  const link = await makeClaimLink(tx, core, actor, handOutId, delivery.link, request);
  return { kind: "given", handOutId, codes, link };
}

/** To be called once the transaction has committed: no plaintext without its audit entry. */
export async function answerOf(
  core: GivingCore,
  given: Given,
  way: HandOutWay,
): Promise<HandOutAnswer> {
  if (given.kind !== "given") return given;
  const { handOutId, link } = given;
  const codes: HandedOutCode[] = [];
  for (const code of given.codes) {
    const { id, mask } = code;
    codes.push(isShown(way) ? { id, mask, plain: await openOrNull(core, code) } : { id, mask });
  }
  return { kind: "handed_out", handOutId, codes, ...(link ? { link } : {}) };
}

/** One damaged row must not keep the others from the customer, nor stay next in line for ever. */
async function openOrNull(core: GivingCore, code: LockedCode): Promise<HandedOutCode["plain"]> {
  try {
    const { value, raw } = await openCode(core.sealer, placeOf(code), code.sealed);
    return { value, parts: partsOf(value, raw) };
  } catch (error) {
    core.log.error({ err: error, codeId: code.id }, "a code that was handed out doesn't open");
    return null;
  }
}
