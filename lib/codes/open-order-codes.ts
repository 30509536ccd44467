import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { type OpenedCode, openPushed } from "./give-announced.ts";
import { noteOnCodes } from "./note-on-codes.ts";
import { type LockedCode, lockOpenToShop, openToShop } from "./store.ts";
import { lockWatch, oldOnes, watchOldCodes } from "./watch-old-codes.ts";

/** A code's place in its order: the item's, and its own among the item's codes. */
export type CodePosition = { item: number; position: number };

export type OpenedOrderCode = OpenedCode &
  CodePosition & { state: OpenState; expiresAt: Date | null };

type OpenState = "available" | "reserved" | "handed_out";

export type OpenedOrderCodes = {
  codes: OpenedOrderCode[];
  withheld: number;
  /** With somebody else, or no good: handed out otherwise, bad, replaced, expired. */
  closed: number;
  /** Where the next page begins; null on the last. */
  next: CodePosition | null;
};

/**
 * Opens the codes of an order for a shop that comes with a key, a page at a time. Each is a reveal: it is
 * audited before the plaintext leaves, and counts as seen from then on, so that it isn't handed out from stock
 * as well. What is with somebody else than the order's customer stays closed, and what is withheld or no good: a shop
 * would sell it once more. Throws `forbidden`.
 */
export async function openOrderCodes(
  core: Core & { sealer: Sealer },
  actor: Extract<Actor, { kind: "key" }>,
  asked: { orderId: string; after: CodePosition | null; limit: number },
  request: RequestFacts,
): Promise<OpenedOrderCodes> {
  requirePermission(actor, "codes.reveal");
  await core.sealer.ready();
  const { orderId, after, limit } = asked;
  const now = core.now();
  const [kept] = await core.db.$queryRaw<{ withheld: number; closed: number }[]>`
    select count(*) filter (where c.state = 'withheld')::int as withheld,
      count(*) filter (where c.state <> 'withheld' and ${openToShop(now)} is not true)::int as closed
    from codes c where c.order_id = ${orderId}::uuid`;
  const { withheld, closed } = kept ?? { withheld: 0, closed: 0 };
  const found = await core.db.$queryRaw<
    (CodePosition & { id: string; storedAt: Date; isMock: boolean })[]
  >`
    select c.id::text, i.position as item, c.position, c.stored_at as "storedAt", c.is_mock as "isMock" from codes c
    join order_items i on i.id = c.item_id
    where c.order_id = ${orderId}::uuid and ${openToShop(now)}
      and (i.position, c.position) > (${after?.item ?? -1}::int, ${after?.position ?? -1}::int)
    order by i.position, c.position limit ${limit + 1}`;
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? { item: last.item, position: last.position } : null;
  if (page.length === 0) return { codes: [], withheld, closed, next };
  const locked = await core.db.$transaction(
    (tx) => noteReveals(tx, core, actor, page, request),
    PATIENT,
  );
  const opened = new Map((await openPushed(core, locked)).map((code) => [code.id, code] as const));
  const codes = locked.flatMap((code): OpenedOrderCode[] => {
    const plain = opened.get(code.id);
    if (!plain || !isOpen(code.state)) return [];
    const { position, expiresAt } = code;
    return [{ ...plain, item: code.item ?? 0, position, state: code.state, expiresAt }];
  });
  codes.sort((left, right) => left.item - right.item || left.position - right.position);
  return { codes, withheld, closed, next };
}

const isOpen = (state: LockedCode["state"]): state is OpenState =>
  state === "available" || state === "reserved" || state === "handed_out";

/** Asked again under the rows' locks: they may have been handed out or withheld meanwhile. */
async function noteReveals(
  tx: Tx,
  core: Core,
  actor: Extract<Actor, { kind: "key" }>,
  page: { id: string; storedAt: Date; isMock: boolean }[],
  request: RequestFacts,
): Promise<LockedCode[]> {
  const now = core.now();
  const old = new Set(oldOnes(page, now).map(({ id }) => id));
  if (old.size > 0) await lockWatch(tx, actor);
  const ids = page.map(({ id }) => id);
  const codes = await lockOpenToShop(tx, ids, now);
  if (codes.length === 0) return [];
  const fresh = codes.map(({ id }) => id);
  await tx.$executeRaw`
    update codes set revealed_at = coalesce(revealed_at, ${now})
    where id = any(${fresh}::uuid[])`;
  if (old.size > 0)
    await watchOldCodes(
      tx,
      core,
      actor,
      fresh.filter((id) => old.has(id)),
    );
  const details = (code: LockedCode) => ({
    item: code.item ?? 0,
    position: code.position,
    ...(old.has(code.id) ? { old: true } : {}),
  });
  await noteOnCodes(tx, core, actor, codes, { action: "code.revealed", details }, request);
  await notify(tx, ["codes"]);
  return codes;
}
