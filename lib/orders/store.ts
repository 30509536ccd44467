/** The SQL that locks, reads and writes orders, many at a time. Private to this room. */
import { GUARD_TRUSTED, modeOf } from "#lib/placement/capabilities.ts";
import { type Ways, waysOf } from "#lib/placement/ways.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import type { SupplierOrder } from "#lib/suppliers/port.ts";
import { LEASE_SECONDS } from "./claims.ts";
import type { Decision, OrderState } from "./decision.ts";
import { isFinished } from "./lifecycle.ts";
import { isAmount } from "./payment-step.ts";
import { settledAfter } from "./poll-schedule.ts";
import type { SignalKey } from "./signals.ts";
import type { LastEntry } from "./write-timeline.ts";

export type LockedOrder = OrderState & {
  id: string;
  supplierId: string;
  supplierOrderId: string | null;
  /** Of its basket; null in orders older than fingerprints. */
  fingerprint: string | null;
  leaseToken: string | null;
  openSignals: SignalKey[];
  /** The newest line of its timeline; null where there is none yet. */
  lastEntry: LastEntry | null;
};

/** Others who want the order wait until the transaction is over, and then see what it did. */
export async function lockOrder(tx: Tx, orderId: string): Promise<void> {
  await tx.$queryRaw`select id from orders where id = ${orderId}::uuid for no key update`;
}

/** The same for many, always in the same order, so that two batches can't wait for each other. */
export async function lockOrders(tx: Tx, orderIds: string[]): Promise<void> {
  await tx.$queryRaw`
    select count(*)::int from (
      select id from orders where id = any(${orderIds}::uuid[]) order by id for no key update) locked`;
}

type Knows = { suppliers: Pick<SupplierAccounts, "byId"> };

export async function readState(tx: Tx, ctx: Knows, orderId: string): Promise<LockedOrder | null> {
  return (await readStates(tx, ctx, [orderId])).get(orderId) ?? null;
}

type StateRow = Omit<
  LockedOrder,
  | "mode"
  | "ways"
  | "settledAt"
  | "createdAt"
  | "statusChangedAt"
  | "toldSince"
  | "finishedAt"
  | "paidAt"
  | "lastLookedAt"
> & {
  isFree: boolean;
  isGuarded: boolean;
  lastUnclearAt: string | null;
  settlingMs: number;
  createdAt: string;
  statusChangedAt: string;
  toldSince: string | null;
  finishedAt: string | null;
  paidAt: string | null;
  lastLookedAt: string | null;
};

/**
 * What decisions about orders need, by their ids. One statement, since every answer of a supplier passes
 * here; to be asked after `lockOrders`, in a statement of its own, or it would see items and codes as they
 * were before the locks were had.
 */
export async function readStates(
  tx: Tx,
  { suppliers }: Knows,
  orderIds: string[],
): Promise<Map<string, LockedOrder>> {
  // One text for all: taking hundreds of values apart one by one costs more than reading them.
  const [found] = await tx.$queryRaw<{ states: string | null }[]>`
    select json_agg(state)::text as states from (
    select o.id, o.supplier_id as "supplierId", o.supplier_order_id as "supplierOrderId", o.fingerprint,
      o.lease_token as "leaseToken", o.currency, trim_scale(coalesce(o.charged_total, o.agreed_total))::text as total,
      o.status::text, o.is_mock as "isMock", o.created_at as "createdAt",
      o.status_changed_at as "statusChangedAt", o.told_since as "toldSince", o.finished_at as "finishedAt", o.paid_at as "paidAt",
      o.last_looked_at as "lastLookedAt", o.failed_looks as "failedLooks",
      coalesce((
        select c.value = 'true' from supplier_capabilities c
        where c.supplier_id = o.supplier_id and c.name = 'create_is_free'), false) as "isFree",
      exists (
        select 1 from supplier_capabilities c
        where c.supplier_id = o.supplier_id and c.name = 'duplicate_guard' and c.value = to_jsonb(${GUARD_TRUSTED}::text)
          and c.learnt_from = 'person') as "isGuarded",
      (select s.settling_ms from suppliers s where s.id = o.supplier_id) as "settlingMs",
      sent.*,
      array(select s.key from order_signals s where s.order_id = o.id and s.cleared_at is null) as "openSignals",
      (select jsonb_build_object('id', t.id, 'kind', t.kind, 'count', t.data->'count')
        from timeline_entries t where t.order_id = o.id order by t.at desc, t.id desc limit 1) as "lastEntry",
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
        max(a.started_at) filter (where a.kind = 'create' and a.outcome = 'unknown' and a.resolution is null)
          as "lastUnclearAt",
        count(*) filter (where a.finished_at is null)::int as "inFlight",
        count(*) filter (where a.resolution = 'not_created')::int as "notCreated",
        count(*) filter (where a.kind = 'create' and a.outcome = 'accepted')::int as "acceptedCreates",
        -- A refused one is proved to have had no effect.
        count(*) filter (where a.kind = 'pay' and a.outcome is distinct from 'refused')::int as payments
      from order_attempts a where a.order_id = o.id) sent
    where o.id = any(${orderIds}::uuid[])) state`;
  const rows = JSON.parse(found?.states ?? "[]") as StateRow[];
  return new Map(rows.map((row) => [row.id, toState(row, waysOf(suppliers, row.supplierId))]));
}

function toState(
  { isFree, isGuarded, lastUnclearAt, settlingMs, ...row }: StateRow,
  ways: Ways,
): LockedOrder {
  return {
    ...row,
    createdAt: new Date(row.createdAt),
    statusChangedAt: new Date(row.statusChangedAt),
    toldSince: timeOf(row.toldSince),
    finishedAt: timeOf(row.finishedAt),
    paidAt: timeOf(row.paidAt),
    lastLookedAt: timeOf(row.lastLookedAt),
    settledAt: lastUnclearAt === null ? null : settledAfter(new Date(lastUnclearAt), settlingMs),
    mode: modeOf({ isFree, isGuarded }, ways),
    ways,
  };
}

const timeOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** A decision about a locked order, and under which lease it was come to. */
export type Written = {
  state: LockedOrder;
  decision: Decision;
  leaseToken: string | null;
  /** Whoever holds the lease goes on with the order at once, and keeps it. */
  keepsLease: boolean;
};

/**
 * Writes decisions onto their locked orders. Facts about an order count whoever brings them. The due time
 * and the lease change only for the holder of the lease, except that an order which has work again always
 * gets a due time, and one which has none left loses it.
 */
export async function applyToOrders(tx: Tx, all: Written[], now: Date): Promise<void> {
  if (all.length === 0) return;
  await tx.$executeRaw`
    update orders o set
      status = r.status::order_status,
      status_changed_at = case when r.moved then ${now}::timestamptz else o.status_changed_at end,
      told_since = case when r.moved then r.since else o.told_since end,
      finished_at = case when r.ends then coalesce(o.finished_at, ${now}::timestamptz) else o.finished_at end,
      paid_at = case when r.paid then coalesce(o.paid_at, ${now}::timestamptz) else o.paid_at end,
      took_ms = coalesce(r.took_ms, o.took_ms),
      rejection = coalesce(r.rejection, o.rejection),
      supplier_order_id = coalesce(o.supplier_order_id, r.supplier_order_id),
      supplier_word = coalesce(r.word, o.supplier_word),
      last_answer = coalesce(r.answer, o.last_answer),
      cancel_reason = coalesce(r.cancel_reason, o.cancel_reason),
      charged_total = case when r.charges then r.charged else o.charged_total end,
      payment_expires_at = coalesce(r.expires, o.payment_expires_at),
      last_looked_at = case when r.looked then ${now}::timestamptz else o.last_looked_at end,
      looks = case when r.looked then o.looks + 1 else o.looks end,
      failed_looks = case when not r.looked then o.failed_looks when r.look_error is null then 0 else o.failed_looks + 1 end,
      last_look_error = case when r.looked then r.look_error else o.last_look_error end,
      next_poll_at = case
        when r.next_ms is null then null
        when r.holds then now() + make_interval(secs => r.next_ms / 1000)
        else coalesce(o.next_poll_at, now() + make_interval(secs => r.next_ms / 1000)) end,
      poll_every_ms = r.every_ms,
      lease_token = case when r.keeps then o.lease_token when r.holds or r.next_ms is null then null else o.lease_token end,
      lease_until = case
        when r.keeps then now() + make_interval(secs => ${LEASE_SECONDS}::int)
        when r.holds or r.next_ms is null then null else o.lease_until end
    from jsonb_to_recordset(${JSON.stringify(all.map(toRow))}::jsonb) as r(
      id uuid, status text, moved boolean, since timestamptz, ends boolean, paid boolean, took_ms int, rejection jsonb,
      supplier_order_id text, word text, answer jsonb, cancel_reason text, charges boolean, charged numeric,
      expires timestamptz, looked boolean, look_error text, next_ms float8, every_ms int, holds boolean, keeps boolean)
    where o.id = r.id`;
}

function toRow({ state, decision, leaseToken, keepsLease }: Written) {
  const { seen, look, nextInMs } = decision;
  const status = decision.status ?? state.status;
  const moved = status !== state.status;
  const holds = state.leaseToken !== null && state.leaseToken === leaseToken;
  return {
    id: state.id,
    status,
    moved,
    since: decision.since?.toISOString(),
    ends: moved && isFinished(status),
    paid: decision.isPaid ?? false,
    took_ms: decision.tookMs,
    rejection: decision.rejection,
    ...(seen && {
      supplier_order_id: seen.supplierOrderId,
      word: seen.word,
      answer: seen.redacted,
      cancel_reason: seen.cancelReason || null,
      expires: seen.paymentExpiresAt?.toISOString(),
      // What is left to pay after a refund is not what it cost.
      ...(status === "refunded" ? {} : chargedBy(seen, state.currency)),
    }),
    looked: look !== undefined,
    look_error: look?.error,
    next_ms: nextInMs,
    every_ms: decision.everyMs,
    holds,
    keeps: holds && keepsLease && nextInMs === 0,
  };
}

/**
 * Only what the column can hold, in the order's currency: nonsense must not stop the order's codes.
 * It does end what was known before, since an order is paid on that.
 */
function chargedBy(
  { totalPrice, currency, isPriceUnclear }: SupplierOrder,
  ours: string,
): { charges?: true; charged?: string | null } {
  if (isPriceUnclear || (currency ?? ours) !== ours) return { charges: true, charged: null };
  if (totalPrice === null) return {};
  return { charges: true, charged: isAmount(totalPrice) ? totalPrice : null };
}
