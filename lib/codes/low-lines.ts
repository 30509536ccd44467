import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";

type Stock = {
  id: string;
  name: string;
  region: string | null;
  lowLine: number | null;
  available: number;
  /** What the open signal says; null where none is open. */
  told: { available?: number; line?: number } | null;
};

/**
 * Opens a signal for each product that has fewer available codes than its line, and clears it once it has
 * enough or nobody minds any more. All products with a line or a signal, or only one.
 */
export async function judgeLowLines(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  onlyId: string | null = null,
): Promise<void> {
  for (const { id, name, region, lowLine: line, available, told } of await readStocks(tx, onlyId)) {
    if (line === null || available >= line) {
      if (told) await clearSystemSignal(tx, core, "stock_low", id);
    } else if (told?.available !== available || told.line !== line) {
      await openSystemSignal(tx, core, "stock_low", id, { name, region, available, line });
    }
  }
}

/** Counted by levels and what isn't added to them yet: costs as much as there are products, not codes. */
function readStocks(tx: Tx, onlyId: string | null): Promise<Stock[]> {
  return tx.$queryRaw<Stock[]>`
    select p.id::text, p.name, p.region, p.low_line as "lowLine", s.data as told,
      coalesce((
        select sum(n.count) from (
          select count from stock_levels
          where stock_product_id = p.id and state = 'available' and not is_mock
          union all
          select count from stock_changes
          where stock_product_id = p.id and state = 'available' and not is_mock
          union all
          -- What somebody has seen is kept back.
          select -count(*) from codes
          where stock_product_id = p.id and state = 'available' and not is_mock and revealed_at is not null
        ) n), 0)::int as available
    from stock_products p
    left join system_signals s on s.key = 'stock_low' and s.subject = p.id::text and s.cleared_at is null
    where (p.low_line is not null or s.id is not null)
      and (${onlyId}::uuid is null or p.id = ${onlyId}::uuid)
    order by p.id`;
}
