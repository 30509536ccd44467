import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { literally } from "#lib/platform/search-text.ts";

export type StockProductOption = {
  id: string;
  name: string;
  region: string | null;
  /** Null for goods of our own. */
  supplierName: string | null;
};

const MOST_FOUND = 20;

/** Stock products by words of their names, our own first. */
export async function findStockProducts(
  core: Core,
  actor: Actor,
  search: string,
): Promise<StockProductOption[]> {
  requirePermission(actor, "codes.import");
  const text = search.slice(0, 200).replaceAll("\u0000", "").trim();
  return core.db.$queryRaw<StockProductOption[]>`
    select p.id::text, p.name, p.region, s.name as "supplierName"
    from stock_products p left join suppliers s on s.id = p.supplier_id
    where p.name ilike ${`%${literally(text)}%`}
    order by p.supplier_id is not null, lower(p.name), p.region nulls first, p.id
    limit ${MOST_FOUND}`;
}

/** Null where there is none. */
export async function readStockProductOption(
  core: Core,
  actor: Actor,
  id: string,
): Promise<StockProductOption | null> {
  requirePermission(actor, "codes.import");
  const [found] = await core.db.$queryRaw<StockProductOption[]>`
    select p.id::text, p.name, p.region, s.name as "supplierName"
    from stock_products p left join suppliers s on s.id = p.supplier_id
    where p.id = ${id}::uuid`;
  return found ?? null;
}
