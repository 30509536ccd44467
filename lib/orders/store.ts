/** The SQL that locks and writes orders. Private to this room; each claim and write-back is one statement. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import type { Decision, Facts, OrderState } from "./decision.ts";
import { isFinished, type OrderStatus } from "./lifecycle.ts";
import { isAmount } from "./payment-step.ts";
import type { SignalKey } from "./signals.ts";

/** A piece of work that this process holds until the lease runs out; then anybody may take it. */
export type Claim = {
  orderId: string;
  leaseToken: string;
  status: OrderStatus;
  /** Of the click that placed the order: it goes into every log line about it. */
  correlationId: string;
};

type ClaimRow = { id: string; lease_token: string; status: OrderStatus; correlation_id: string };
const toClaim = (row: ClaimRow): Claim => ({
  orderId: row.id,
  leaseToken: row.lease_token,
  status: row.status,
  correlationId: row.correlation_id,
});

/**
 * A lease has to outlast the longest calls made under it: 30 s for a create, or 15 s for a look and
 * then 30 s for a payment, or one look; each with room to write the answer down.
 */
const WRITE_LEASE_SECONDS = 60;
const LOOK_LEASE_SECONDS = 25;

/** Claims due orders, longest overdue first, skipping what others hold. The database's clock decides. */
export async function claimDue(core: Core, limit: number): Promise<Claim[]> {
  // Picked in a CTE: a subquery could be run again for each row, and claim more than asked for.
  const rows = await core.db.$queryRaw<ClaimRow[]>`
    with due as (
      select id from orders
      where next_poll_at <= now() and (lease_until is null or lease_until < now())
      order by next_poll_at, id
      limit ${limit}::int
      for update skip locked)
    update orders o set
      lease_token = gen_random_uuid(),
      lease_until = now() + make_interval(secs =>
        case when o.status in ('submitting', 'awaiting_payment') then ${WRITE_LEASE_SECONDS}::int else ${LOOK_LEASE_SECONDS}::int end)
    from due where o.id = due.id
    returning o.id, o.lease_token, o.status::text, o.correlation_id`;
  return rows.map(toClaim);
}

/** Claims one order if it is due; null when it isn't, or while somebody else holds it. */
export async function claimOne(core: Core, orderId: string): Promise<Claim | null> {
  const rows = await core.db.$queryRaw<ClaimRow[]>`
    update orders set
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${WRITE_LEASE_SECONDS}::int)
    where id = ${orderId}::uuid and next_poll_at <= now()
      and (lease_until is null or lease_until < now())
    returning id, lease_token, status::text, correlation_id`;
  return rows[0] ? toClaim(rows[0]) : null;
}

/** Gives work back unfinished, to be taken again after the wait; does nothing once the lease is lost. */
export async function release(
  core: { db: Pick<Tx, "$executeRaw"> },
  claim: { orderId: string; leaseToken: string | null },
  waitMs: number,
): Promise<void> {
  await core.db.$executeRaw`
    update orders set lease_token = null, lease_until = null,
      next_poll_at = now() + make_interval(secs => ${waitMs / 1_000}::float8)
    where id = ${claim.orderId}::uuid and lease_token = ${claim.leaseToken}::uuid`;
}

/** Locks an order whose lease is still ours, with a margin to finish a call in; false when it isn't. */
export async function lockHeld(tx: Tx, claim: Claim, marginSeconds: number): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from orders
    where id = ${claim.orderId}::uuid and lease_token = ${claim.leaseToken}::uuid
      and status = ${claim.status}::order_status
      and lease_until > now() + make_interval(secs => ${marginSeconds}::int)
    for update`;
  return rows.length > 0;
}

export type LockedOrder = OrderState & {
  id: string;
  supplierId: string;
  supplierOrderId: string | null;
  /** Of its basket; null in orders older than fingerprints. */
  fingerprint: string | null;
  leaseToken: string | null;
  currency: string;
  openSignals: SignalKey[];
};

/** Others who want the order wait until the transaction is over, and then see what it did. */
export async function lockOrder(tx: Tx, orderId: string): Promise<void> {
  await tx.$queryRaw`select id from orders where id = ${orderId}::uuid for update`;
}

/**
 * What a decision about an order needs; null when there is no such order. One statement, since every
 * answer of a supplier passes here; to be asked after `lockOrder`, in a statement of its own, or it
 * would see items and codes as they were before the lock was had.
 */
export async function readState(tx: Tx, orderId: string): Promise<LockedOrder | null> {
  const [row] = await tx.$queryRaw<(Omit<LockedOrder, "mode"> & { isFree: boolean })[]>`
    select o.id, o.supplier_id as "supplierId", o.supplier_order_id as "supplierOrderId", o.fingerprint,
      o.lease_token as "leaseToken", o.currency, o.status::text, o.is_mock as "isMock", o.created_at as "createdAt",
      o.status_changed_at as "statusChangedAt", o.finished_at as "finishedAt", o.failed_looks as "failedLooks",
      coalesce((
        select c.value = 'true' from supplier_capabilities c
        where c.supplier_id = o.supplier_id and c.name = 'create_is_free'), false) as "isFree",
      sent.*,
      array(select s.key from order_signals s where s.order_id = o.id and s.cleared_at is null) as "openSignals",
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', i.id, 'externalId', i.external_id, 'quantity', i.quantity, 'isService', i.is_service, 'error', i.error,
          'storedPlaces', (select coalesce(jsonb_agg(c.position), '[]') from codes c where c.item_id = i.id)
        ) order by i.position), '[]')
        from order_items i where i.order_id = o.id) as items
    from orders o
    cross join lateral (
      select count(*) filter (where a.outcome = 'refused')::int as refusals,
        count(*) filter (where a.kind = 'create' and a.outcome = 'unknown' and a.resolution is null)::int
          as "unclearCreates",
        count(*) filter (where a.finished_at is null)::int as "inFlight",
        count(*) filter (where a.resolution = 'not_created')::int as "notCreated",
        count(*) filter (where a.kind = 'create' and a.outcome = 'accepted')::int as "acceptedCreates",
        -- A refused one is proved to have had no effect.
        count(*) filter (where a.kind = 'pay' and a.outcome is distinct from 'refused')::int as payments
      from order_attempts a where a.order_id = o.id) sent
    where o.id = ${orderId}::uuid`;
  if (!row) return null;
  const { isFree, ...state } = row;
  return { ...state, mode: isFree ? "create_is_free" : "create_may_charge" };
}

/**
 * Writes a decision onto the locked order. Facts about the order count whoever brings them. The due
 * time and the lease change only for the holder of the lease, except that an order which has work
 * again always gets a due time, and one which has none left loses it.
 */
export async function applyToOrder(
  tx: Tx,
  orderId: string,
  state: LockedOrder,
  decision: Decision,
  leaseToken: string | null,
  now: Date,
): Promise<void> {
  const { seen, look, nextInMs } = decision;
  const status = decision.status ?? state.status;
  const moved = status !== state.status;
  // Before the status: the schema refuses an open order without a due time.
  if (nextInMs !== null) await schedule(tx, orderId, state, leaseToken, nextInMs);
  await tx.order.update({
    where: { id: orderId },
    data: {
      status,
      ...(moved ? { statusChangedAt: now } : {}),
      ...(moved && isFinished(status) && !state.finishedAt ? { finishedAt: now } : {}),
      ...(decision.rejection ? { rejection: decision.rejection } : {}),
      ...(seen
        ? {
            supplierOrderId: state.supplierOrderId ?? seen.supplierOrderId,
            supplierWord: seen.word,
            lastAnswer: seen.redacted ?? undefined,
            ...(seen.cancelReason ? { cancelReason: seen.cancelReason } : {}),
            ...chargedBy(seen, state.currency),
            ...(seen.paymentExpiresAt ? { paymentExpiresAt: seen.paymentExpiresAt } : {}),
          }
        : {}),
      ...(look
        ? {
            lastLookedAt: now,
            looks: { increment: 1 },
            failedLooks: look.error === null ? 0 : { increment: 1 },
            lastLookError: look.error,
          }
        : {}),
      ...(nextInMs === null ? { nextPollAt: null, leaseToken: null, leaseUntil: null } : {}),
    },
  });
}

async function schedule(
  tx: Tx,
  orderId: string,
  state: LockedOrder,
  leaseToken: string | null,
  nextInMs: number,
): Promise<void> {
  if (state.leaseToken !== null && state.leaseToken === leaseToken) {
    await release({ db: tx }, { orderId, leaseToken }, nextInMs);
    return;
  }
  await tx.$executeRaw`
    update orders set
      next_poll_at = coalesce(next_poll_at, now() + make_interval(secs => ${nextInMs / 1_000}::float8))
    where id = ${orderId}::uuid`;
}

/**
 * Only what the column can hold, in the order's currency: nonsense must not stop the order's codes.
 * It does end what was known before, since an order is paid on that.
 */
function chargedBy(
  { totalPrice, currency, isPriceUnclear }: SupplierOrder,
  ours: string,
): { chargedTotal?: string | null } {
  if (isPriceUnclear || (currency ?? ours) !== ours) return { chargedTotal: null };
  if (totalPrice === null) return {};
  return { chargedTotal: isAmount(totalPrice) ? totalPrice : null };
}

/** Opens a signal unless it is open; answers whether it is new. */
export async function openSignal(
  tx: Tx,
  core: Pick<Core, "newId">,
  orderId: string,
  key: SignalKey,
  data: Facts,
  now: Date,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    insert into order_signals (id, order_id, key, opened_at, data)
    values (${core.newId()}::uuid, ${orderId}::uuid, ${key}, ${now}, ${JSON.stringify(data)}::jsonb)
    on conflict (order_id, key) where cleared_at is null do nothing`;
  return inserted > 0;
}

/** Answers which of the keys were open. */
export async function clearSignals(
  tx: Tx,
  orderId: string,
  keys: SignalKey[],
  now: Date,
): Promise<SignalKey[]> {
  if (keys.length === 0) return [];
  const rows = await tx.$queryRaw<{ key: SignalKey }[]>`
    update order_signals set cleared_at = ${now}
    where order_id = ${orderId}::uuid and cleared_at is null and key = any(${keys})
    returning key`;
  return rows.map(({ key }) => key);
}
