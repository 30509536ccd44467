/** The SQL of the gates: one a basket and account; frozen, nothing with that basket is sent. */
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { GateWait } from "./gate-decision.ts";

export type GateKey = { supplierId: string; fingerprint: string };

/** A pass takes seconds; one that takes longer than this may be overtaken, and then decides nothing. */
const LEASE_SECONDS = 60;

/**
 * Whether an order of this basket may be sent now. The gate stays locked, shared with others who are
 * admitted, until the caller's transaction has committed the attempt: whoever freezes it waits for
 * that, and then sees the attempt.
 */
export async function isAdmitted(tx: Tx, key: GateKey): Promise<boolean> {
  const known = await shareGate(tx, key);
  if (known !== null) return known === "open";
  await tx.$executeRaw`
    insert into placement_gates (supplier_id, fingerprint) values (${key.supplierId}::uuid, ${key.fingerprint})
    on conflict do nothing`;
  return (await shareGate(tx, key)) === "open";
}

async function shareGate(
  tx: Tx,
  { supplierId, fingerprint }: GateKey,
): Promise<"open" | "frozen" | null> {
  const [gate] = await tx.$queryRaw<{ is_frozen: boolean }[]>`
    select frozen_at is not null as is_frozen from placement_gates
    where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint} for share`;
  if (!gate) return null;
  return gate.is_frozen ? "frozen" : "open";
}

/** Freezes the gate, or has a frozen one looked into at once. */
export async function freezeGate(
  tx: Tx,
  core: Pick<Core, "now">,
  { supplierId, fingerprint }: GateKey,
): Promise<void> {
  await tx.$executeRaw`
    insert into placement_gates (supplier_id, fingerprint, frozen_at, next_pass_at, waits_for)
    values (${supplierId}::uuid, ${fingerprint}, ${core.now()}, now(), 'outstanding')
    on conflict (supplier_id, fingerprint) do update set
      frozen_at = coalesce(placement_gates.frozen_at, excluded.frozen_at),
      next_pass_at = least(placement_gates.next_pass_at, now()),
      waits_for = coalesce(placement_gates.waits_for, excluded.waits_for)`;
}

/** Has a frozen gate looked into at once; does nothing to an open one. */
export async function wakeGate(tx: Tx, { supplierId, fingerprint }: GateKey): Promise<void> {
  await tx.$executeRaw`
    update placement_gates set next_pass_at = date_trunc('milliseconds', now())
    where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint} and frozen_at is not null`;
}

/** Opens the gate. The orders that waited have to be woken by the caller. */
export async function thawGate(tx: Tx, { supplierId, fingerprint }: GateKey): Promise<void> {
  await tx.$executeRaw`
    update placement_gates set frozen_at = null, next_pass_at = null, waits_for = null, waits_why = null,
      lease_token = null, lease_until = null
    where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint}`;
}

export type GateClaim = GateKey & { leaseToken: string };

/** Takes one gate that is due to be looked into; null when there is none. */
export async function claimDueGate(core: Pick<Core, "db">): Promise<GateClaim | null> {
  const rows = await core.db.$queryRaw<
    { supplier_id: string; fingerprint: string; lease_token: string }[]
  >`
    with due as (
      select supplier_id, fingerprint from placement_gates g
      where next_pass_at <= now() and (lease_until is null or lease_until < now())
        -- It would have to read the account's list.
        and not exists (select 1 from suppliers s where s.id = g.supplier_id and s.polling_paused_until > now())
      order by next_pass_at, fingerprint limit 1
      for update of g skip locked)
    update placement_gates g set
      lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int),
      -- Beyond the lease, so that whoever wakes the gate meanwhile can be told by it.
      next_pass_at = date_trunc('milliseconds', now()) + make_interval(secs => ${LEASE_SECONDS}::int)
    from due where g.supplier_id = due.supplier_id and g.fingerprint = due.fingerprint
    returning g.supplier_id, g.fingerprint, g.lease_token`;
  const [row] = rows;
  return row
    ? { supplierId: row.supplier_id, fingerprint: row.fingerprint, leaseToken: row.lease_token }
    : null;
}

/** Keeps a gate while a long list is read. */
export async function renewGate(
  core: Pick<Core, "db">,
  { supplierId, fingerprint, leaseToken }: GateClaim,
): Promise<void> {
  await core.db.$executeRaw`
    update placement_gates set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}::int)
    where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint}
      and lease_token = ${leaseToken}::uuid`;
}

/**
 * Notes why the gate stays frozen and when it is looked into again, at once where it was woken in the
 * meantime; gives the lease back.
 */
export async function keepFrozen(
  tx: Pick<Tx, "$executeRaw">,
  { supplierId, fingerprint, leaseToken }: GateClaim,
  wait: { waitsFor: GateWait; why: string | null; inMs: number },
): Promise<void> {
  await tx.$executeRaw`
    update placement_gates set waits_for = ${wait.waitsFor}, waits_why = ${wait.why},
      next_pass_at = case when next_pass_at <= now() and lease_until > now() then now()
        else now() + make_interval(secs => ${wait.inMs / 1_000}::float8) end,
      lease_token = null, lease_until = null
    where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint}
      and lease_token = ${leaseToken}::uuid and frozen_at is not null`;
}

/** Locks a gate whose lease is still ours; false when it isn't, or has been opened since. */
export async function lockHeldGate(tx: Tx, claim: GateClaim): Promise<boolean> {
  const rows = await tx.$queryRaw<{ fingerprint: string }[]>`
    select fingerprint from placement_gates
    where supplier_id = ${claim.supplierId}::uuid and fingerprint = ${claim.fingerprint}
      and lease_token = ${claim.leaseToken}::uuid and frozen_at is not null
    for update`;
  return rows.length > 0;
}
