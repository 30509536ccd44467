import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  renewSystemSignal,
} from "#lib/signals/system-signals.ts";

type Unexplained = {
  stepId: string;
  currency: string;
  remainder: string;
  at: Date;
  steps: number;
  unattributed: number;
};

/**
 * Tells of an account's unexplained changes, the newest in full, until each is explained or accepted. With
 * `isMore` one has joined them: that is told of anew, whatever somebody has made of those before.
 */
export async function tellUnexplained(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  supplierId: string,
  { isMore }: { isMore: boolean },
): Promise<void> {
  const [newest] = await tx.$queryRaw<Unexplained[]>`
    select sample_id::text as "stepId", currency, trim_scale(remainder)::text as remainder, to_at as at, (count(*) over ())::int as steps,
      (select count(*)::int from (
        select 1 from supplier_orders s
        where s.supplier_id = ${supplierId}::uuid and s.attribution is null and s.alerted_at is not null
        limit 1000) nobodys) as unattributed
    from balance_steps where supplier_id = ${supplierId}::uuid and state = 'unexplained'
    order by to_at desc, sample_id desc limit 1`;
  if (!newest) {
    await clearSystemSignal(tx, core, "balance_unexplained", supplierId);
    return;
  }
  const { at, ...facts } = newest;
  const data = { ...facts, at: at.toISOString() };
  const tell = isMore ? renewSystemSignal : openSystemSignal;
  await tell(tx, core, "balance_unexplained", supplierId, data);
}
