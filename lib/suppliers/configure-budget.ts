import type { Tx } from "#lib/platform/db.ts";

export type BudgetSettings = {
  callsPerMinute?: number | undefined;
  readsAtOnce?: number | undefined;
  writesAtOnce?: number | undefined;
};

/**
 * Sets what an account may be asked for; what is left out stays. It counts at once, for every process,
 * and another `callsPerMinute` is what the account is believed to bear from then on.
 */
export async function configureBudget(
  tx: Tx,
  supplierId: string,
  { callsPerMinute, readsAtOnce, writesAtOnce }: BudgetSettings,
): Promise<void> {
  await tx.$executeRaw`
    insert into call_budgets (supplier_id, refilled_at, purchase_tokens, reconcile_tokens, poll_tokens, refresh_tokens, spare_tokens)
    select ${supplierId}::uuid, now(), n, n, n, n, n from (select ${(callsPerMinute ?? 100) / 10}::float8 as n) one
    on conflict do nothing`;
  await tx.$executeRaw`
    update call_budgets set
      calls_per_minute = coalesce(${callsPerMinute ?? null}::int, calls_per_minute),
      rate = case when ${callsPerMinute ?? null}::int <> calls_per_minute then ${callsPerMinute ?? null}::int else rate end,
      reads_at_once = coalesce(${readsAtOnce ?? null}::int, reads_at_once),
      writes_at_once = coalesce(${writesAtOnce ?? null}::int, writes_at_once)
    where supplier_id = ${supplierId}::uuid`;
}
