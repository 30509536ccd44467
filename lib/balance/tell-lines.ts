import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  renewSystemSignal,
} from "#lib/signals/system-signals.ts";

type Writer = Pick<Core, "now" | "newId">;
/** What one of an account's two signals tells of the line that was crossed last. */
type Crossed = {
  currency: string;
  lowAt: string;
  okAt: string;
  criticalAt: string | null;
  /** Further currencies below theirs; empty where there are none. */
  also: string;
};

/**
 * Brings the two signals of an account up to its lines. Each is the account's, and tells of the currency that fell
 * last; with `falls…` one has, and that is told of anew, whatever somebody has made of those before. An account
 * none of whose currencies is below its line isn't told of any more.
 * @param balances as they are known just now; what is left out of them keeps the words it had
 */
export async function tellLines(
  tx: Tx,
  core: Writer,
  supplierId: string,
  balances: readonly { currency: string; available: string }[],
  { fallsLow, fallsCritical }: { fallsLow: boolean; fallsCritical: boolean },
): Promise<void> {
  const [low, critical] = [
    await tx.$queryRaw<Crossed[]>`
      select currency, trim_scale(low_at)::text as "lowAt", trim_scale(ok_at)::text as "okAt", null as "criticalAt",
        coalesce(string_agg(currency, ', ') over (order by low_since desc, currency
          rows between 1 following and unbounded following), '') as also
      from balance_lines where supplier_id = ${supplierId}::uuid and low_since is not null
      order by low_since desc, currency limit 1`,
    await tx.$queryRaw<Crossed[]>`
      select currency, trim_scale(low_at)::text as "lowAt", trim_scale(ok_at)::text as "okAt",
        trim_scale(critical_at)::text as "criticalAt",
        coalesce(string_agg(currency, ', ') over (order by critical_since desc, currency
          rows between 1 following and unbounded following), '') as also
      from balance_lines where supplier_id = ${supplierId}::uuid and critical_since is not null
      order by critical_since desc, currency limit 1`,
  ];
  const tell = async (
    key: "balance_low" | "balance_critical",
    crossed: Crossed | undefined,
    isMore: boolean,
  ) => {
    if (!crossed) {
      await clearSystemSignal(tx, core, key, supplierId);
      return;
    }
    const held = balances.find(({ currency }) => currency === crossed.currency);
    if (!held) return;
    const { currency, lowAt, okAt, criticalAt, also } = crossed;
    const tellOf = isMore ? renewSystemSignal : openSystemSignal;
    await tellOf(tx, core, key, supplierId, {
      ...{ currency, available: held.available, lowAt },
      ...(criticalAt === null ? { okAt } : { criticalAt }),
      ...(also === "" ? {} : { also }),
    });
  };
  await tell("balance_low", low[0], fallsLow);
  await tell("balance_critical", critical[0], fallsCritical);
}
