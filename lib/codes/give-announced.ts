import type { Actor } from "#lib/access/actor.ts";
import { actorColumns } from "#lib/access/actor.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { ClaimLink } from "#prisma/generated/client.ts";
import { type CodeParts, partsOf } from "./code-parts.ts";
import { openCode, placeOf } from "./code-seal.ts";
import { linkState } from "./hand-out-view.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { type LockedCode, lockCodes, lockCodesOfOrder } from "./store.ts";

/** Gives codes to customers by what is told to endpoints. */
export const ANNOUNCER: Extract<Actor, { kind: "job" }> = { kind: "job", name: "deliveries" };

/** By a link in what is told, or with their values in it. */
export type AnnouncedWay = "link" | "push";

/** No order has more. */
const MOST_CODES = 100_000;

type GivingCore = Pick<Core, "now" | "newId">;

/** What is told of an order gives these codes to its customer. */
export type AnnouncedHandOut = { id: string; links: ClaimLink[] };

/** Why there is nothing to tell. */
export type NothingGiven = "no_codes" | "given_otherwise" | "withheld";

/**
 * Hands out those of an order's codes that its customer may have and doesn't have yet, in the caller's
 * transaction, which keeps others from doing the same for this order. They join the order's last hand-out of
 * this kind while nobody has opened that. Answers it, old or new, or why there is none.
 * @param order.productIds only codes of these stock products; of all where there are none
 */
export async function giveAnnounced(
  tx: Tx,
  core: GivingCore,
  order: { orderId: string; customerRef: string; way: AnnouncedWay; productIds: readonly string[] },
): Promise<AnnouncedHandOut | NothingGiven> {
  const { orderId, customerRef, way } = order;
  const now = core.now();
  // All of them at once: whoever has the audit log in hand may not wait for a code.
  await tx.$queryRaw`
    select count(*)::int from (
      select id from codes where order_id = ${orderId}::uuid order by id for no key update) locked`;
  const last = await lastAnnounced(tx, orderId);
  const mayHave = await lockCodesOfOrder(tx, orderId, customerRef, now, MOST_CODES);
  const fresh = mayHave.filter(isOneOf(order.productIds));
  if (fresh.length === 0) return last ?? whyNothing(tx, orderId);
  const isOpen = last?.links.every((link) => linkState(link, now) === "open") ?? false;
  const handOut = last && isOpen ? last : await makeHandOut(tx, core, customerRef, way);
  await tx.$executeRaw`
    update codes set state = 'handed_out', state_changed_at = ${now}, customer_ref = ${customerRef},
      hand_out_id = ${handOut.id}::uuid
    where id = any(${fresh.map(({ id }) => id)}::uuid[])`;
  const details = () => ({ handOutId: handOut.id, way, customerRef });
  await noteOnCodes(
    tx,
    core,
    ANNOUNCER,
    fresh,
    { action: "code.handed_out", details },
    OWN_REQUEST,
  );
  return handOut;
}

const isOneOf =
  (productIds: readonly string[]) =>
  ({ stockProductId }: LockedCode): boolean =>
    productIds.length === 0 || productIds.includes(stockProductId);

async function lastAnnounced(tx: Tx, orderId: string): Promise<AnnouncedHandOut | null> {
  const { kind: actorKind, name: actorName } = ANNOUNCER;
  return tx.handOut.findFirst({
    where: { actorKind, actorName, codes: { some: { orderId } } },
    orderBy: { id: "desc" },
    select: { id: true, links: { orderBy: { id: "asc" } } },
  });
}

async function makeHandOut(
  tx: Tx,
  { now, newId }: GivingCore,
  customerRef: string,
  way: AnnouncedWay,
): Promise<AnnouncedHandOut> {
  const id = newId();
  await tx.handOut.create({
    data: { id, customerRef, way, note: null, createdAt: now(), ...actorColumns(ANNOUNCER) },
  });
  return { id, links: [] };
}

async function whyNothing(tx: Tx, orderId: string): Promise<NothingGiven> {
  const states = await tx.code.groupBy({ by: ["state"], where: { orderId } });
  if (states.some(({ state }) => state === "withheld")) return "withheld";
  return states.some(({ state }) => state === "handed_out") ? "given_otherwise" : "no_codes";
}

/** To whom codes are sent, for the audit log. */
export type PushedTo = { endpointId: string; endpoint: string; deliveryId: string };

/**
 * Notes that what has been given of an order so far leaves, once a delivery; to be committed before it does.
 * What was marked bad since is left out. Answers the codes, by their items' and their own places.
 */
export async function notePushed(
  tx: Tx,
  core: GivingCore,
  { orderId, productIds }: { orderId: string; productIds: readonly string[] },
  to: PushedTo,
): Promise<LockedCode[]> {
  const { kind: actorKind, name: actorName } = ANNOUNCER;
  const given = await tx.code.findMany({
    where: { orderId, state: "handed_out", handOut: { actorKind, actorName } },
    select: { id: true },
  });
  const ids = given.map(({ id }) => id);
  const codes = (await lockCodes(tx, ids))
    .filter(({ state }) => state === "handed_out")
    .filter(isOneOf(productIds));
  const noted = await tx.auditEntry.findMany({
    where: {
      ...{ objectKind: "code", objectId: { in: ids }, action: "code.pushed" },
      details: { path: ["deliveryId"], equals: to.deliveryId },
    },
    select: { objectId: true },
  });
  const known = new Set(noted.map(({ objectId }) => objectId));
  const fresh = codes.filter(({ id }) => !known.has(id));
  if (fresh.length > 0) {
    await tx.$executeRaw`
      update codes set revealed_at = coalesce(revealed_at, ${core.now()})
      where id = any(${fresh.map(({ id }) => id)}::uuid[])`;
    const details = ({ handOutId, item, position }: LockedCode) => ({
      ...{ handOutId, item, position },
      ...to,
    });
    await noteOnCodes(tx, core, ANNOUNCER, fresh, { action: "code.pushed", details }, OWN_REQUEST);
  }
  return codes.sort(
    (left, right) => (left.item ?? 0) - (right.item ?? 0) || left.position - right.position,
  );
}

export type OpenedCode = { id: string; itemId: string; value: string; parts: CodeParts };

/** Rejects where one doesn't open (`SealError`): a customer who gets only the others can't tell. */
export async function openPushed(
  { sealer }: { sealer: Sealer },
  codes: LockedCode[],
): Promise<OpenedCode[]> {
  return Promise.all(
    codes.map(async (code) => {
      const { value, raw } = await openCode(sealer, placeOf(code), code.sealed);
      return { id: code.id, itemId: code.itemId ?? "", value, parts: partsOf(value, raw) };
    }),
  );
}
