/** Who works on which order: leases, taken and given back in one statement each. Private to this room. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Slice, SupplierAccounts } from "#lib/suppliers/account.ts";
import type { OrderStatus } from "./lifecycle.ts";

/** A piece of work that this process holds while it renews the lease; after that anybody may take it. */
export type Claim = {
  orderId: string;
  leaseToken: string;
  status: OrderStatus;
  /** Of the click that placed the order: it goes into every log line about it. */
  correlationId: string;
  supplierId: string;
  /** Null until the supplier has answered the create. */
  supplierOrderId: string | null;
  /** The supplier's ids of the products asked for. */
  externalIds: string[];
  /** Calls that were taken out of the account's budget together with the claim and not made yet. */
  prepaid: { slice: Slice; calls: number };
};

type ClaimRow = Omit<Claim, "prepaid">;

/** Without the accounts, orders that aren't paid are taken for ours to pay. */
type Claimer = Pick<Core, "db"> & { suppliers?: Pick<SupplierAccounts, "all"> };

/** Accounts whose orders are paid with their creation: one that awaits its payment is only looked at. */
export const paidAtCreate = ({ suppliers }: Omit<Claimer, "db">): string[] =>
  suppliers
    ?.all()
    .flatMap(({ id, supplier }) => (supplier.traits.payStep === "none" ? [id] : [])) ?? [];

/**
 * Nobody gets an order while somebody's lease lasts. Whoever is busy renews it every few seconds, however
 * long his calls take, so that it says how soon the dead are noticed and not how long work may take.
 */
export const LEASE_SECONDS = 20;

/**
 * Claims orders to be created or paid, of all suppliers, longest overdue first, skipping what others hold,
 * and takes their calls out of the accounts' budgets: two for one that is created and then paid, one where
 * there are no more. No more are claimed than there are calls for, and none where ordering is paused. The
 * database's clock decides.
 */
export async function claimSends(core: Claimer, limit: number): Promise<Claim[]> {
  // Picked in a CTE: a subquery could be run again for each row, and claim more than asked for.
  // One text for all: taking dozens of values apart one by one costs more than reading them.
  const [found] = await core.db.$queryRaw<{ claims: string | null }[]>`
    with due as materialized (
      select picked.* from suppliers s
      cross join lateral (
        select o.id, o.supplier_id, o.next_poll_at, case o.status when 'submitting' then 2 else 1 end as calls from orders o
        where o.supplier_id = s.id and o.status in ('submitting', 'awaiting_payment')
          and (o.status = 'submitting' or s.id <> all(${paidAtCreate(core)}::uuid[]))
          and o.next_poll_at <= now() and (o.lease_until is null or o.lease_until < now())
        -- Nothing more: the index has this order, and needn't be read beyond the limit.
        order by o.next_poll_at
        limit ${limit}::int
        for no key update skip locked) picked
      where s.ordering_paused_until is null or s.ordering_paused_until <= now()
      order by picked.next_poll_at
      limit ${limit}::int),
    budget as materialized (
      select wanted.supplier_id, taken.granted from (select supplier_id, sum(calls)::int as calls from due group by supplier_id) wanted
      cross join lateral take_calls(wanted.supplier_id, 'purchase', wanted.calls) taken),
    placed as materialized (
      select id, supplier_id, calls, sum(calls) over (partition by supplier_id order by next_poll_at, id) - calls as earlier from due),
    chosen as materialized (
      select placed.id, least(placed.calls, budget.granted - placed.earlier)::int as calls
      from placed join budget using (supplier_id) where placed.earlier < budget.granted),
    claimed as (
    update orders o set
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    from chosen where o.id = chosen.id
    returning o.id as "orderId", o.lease_token as "leaseToken", o.status::text, o.correlation_id as "correlationId",
      o.supplier_id as "supplierId", o.supplier_order_id as "supplierOrderId",
      array(select i.external_id from order_items i where i.order_id = o.id) as "externalIds", chosen.calls)
    select json_agg(claimed)::text as claims from claimed`;
  const rows = JSON.parse(found?.claims ?? "[]") as (ClaimRow & { calls: number })[];
  return rows.map(({ calls, ...row }) => ({ ...row, prepaid: { slice: "purchase", calls } }));
}

/** `shortMs`: orders are due, and the budget had no call for any of them; when to ask again. */
export type LookClaims = { claims: Claim[]; shortMs: number | null };

/**
 * Claims orders of one account to be looked at, longest overdue first, and takes as many calls out of its
 * budget: no more are claimed than may be made, none while polling is paused. Whoever then doesn't call
 * gives the call back.
 */
export async function claimLooks(
  core: Claimer,
  supplierId: string,
  limit: number,
): Promise<LookClaims> {
  const isPaidAtCreate = paidAtCreate(core).includes(supplierId);
  const [found] = await core.db.$queryRaw<{ claims: string | null; waitMs: number | null }[]>`
    with due as materialized (
      select id, next_poll_at from orders
      where supplier_id = ${supplierId}::uuid and (status not in ('submitting', 'awaiting_payment')
          or (status = 'awaiting_payment' and ${isPaidAtCreate}))
        and next_poll_at <= now() and (lease_until is null or lease_until < now())
        -- Asked once, not for each order.
        and coalesce((select polling_paused_until from suppliers where id = ${supplierId}::uuid), '-infinity') <= now()
      order by next_poll_at
      limit ${limit}::int
      for no key update skip locked),
    wanted as materialized (select count(*)::int as calls from due),
    budget as materialized (
      select taken.granted, taken.wait_ms from wanted
      cross join lateral take_calls(${supplierId}::uuid, 'poll', wanted.calls) taken
      where wanted.calls > 0),
    chosen as materialized (
      select id from due order by next_poll_at, id limit coalesce((select granted from budget), 0)),
    claimed as (
    update orders o set
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    from chosen where o.id = chosen.id
    returning o.id as "orderId", o.lease_token as "leaseToken", o.status::text, o.correlation_id as "correlationId",
      o.supplier_id as "supplierId", o.supplier_order_id as "supplierOrderId",
      array(select i.external_id from order_items i where i.order_id = o.id) as "externalIds")
    select json_agg(claimed)::text as claims, (select wait_ms from budget where granted = 0) as "waitMs" from claimed`;
  const rows = JSON.parse(found?.claims ?? "[]") as ClaimRow[];
  const claims = rows.map((row): Claim => ({ ...row, prepaid: { slice: "poll", calls: 1 } }));
  return { claims, shortMs: found?.waitMs ?? null };
}

/**
 * Claims one order if it is due; null when it isn't, while somebody else holds it, or where it is to be
 * sent and ordering is paused. Somebody asked for it, so a look is not held up by a pause.
 */
export async function claimOne(core: Pick<Core, "db">, orderId: string): Promise<Claim | null> {
  const [row] = await core.db.$queryRaw<ClaimRow[]>`
    update orders o set
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    where o.id = ${orderId}::uuid and o.next_poll_at <= now()
      and (o.lease_until is null or o.lease_until < now())
      and not (o.status in ('submitting', 'awaiting_payment') and exists (
        select 1 from suppliers s where s.id = o.supplier_id and s.ordering_paused_until > now()))
    returning o.id as "orderId", o.lease_token as "leaseToken", o.status::text, o.correlation_id as "correlationId",
      o.supplier_id as "supplierId", o.supplier_order_id as "supplierOrderId",
      array(select i.external_id from order_items i where i.order_id = o.id) as "externalIds"`;
  return row ? { ...row, prepaid: { slice: "purchase", calls: 0 } } : null;
}

/**
 * Holds on to the claims for another lease. One that somebody else has taken meanwhile stays lost; one
 * that merely ran out is had again. Those whose rows are locked are about to be written, and left alone:
 * waiting for them here could be waiting in a circle.
 */
export async function renewLeases(core: Pick<Core, "db">, claims: Claim[]): Promise<void> {
  if (claims.length === 0) return;
  await core.db.$executeRaw`
    with held as materialized (
      select o.id from orders o
      join unnest(${claims.map(({ orderId }) => orderId)}::uuid[], ${claims.map(({ leaseToken }) => leaseToken)}::uuid[])
        mine(id, token) on mine.id = o.id and mine.token = o.lease_token
      for no key update of o skip locked)
    update orders o set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    from held where o.id = held.id`;
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

/**
 * Locks an order whose lease is still ours, and renews it: from here on there is a whole lease to write the
 * first byte in. False when the lease has run out, the order isn't as it was claimed, or ordering has been
 * paused meanwhile.
 */
export async function lockHeld(tx: Tx, claim: Claim): Promise<boolean> {
  const held = await tx.$executeRaw`
    update orders set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    where id = ${claim.orderId}::uuid and lease_token = ${claim.leaseToken}::uuid
      and status = ${claim.status}::order_status and lease_until > now()
      and not exists (
        select 1 from suppliers s where s.id = orders.supplier_id and s.ordering_paused_until > now())`;
  return held > 0;
}
