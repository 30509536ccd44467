import type { Core } from "#lib/platform/core.ts";
import { QUANTILE_STEPS } from "#lib/polling/quantiles.ts";
import type { ProductTimes } from "./types.ts";

const PRODUCTS = 8;

type Row = Omit<ProductTimes, "p50" | "p95"> & { quantiles: number[] };

/** Of the products with the most orders lately, how long these took. */
export async function readProductTimes({ db }: Core): Promise<ProductTimes[]> {
  const rows = await db.$queryRaw<Row[]>`
    select c.supplier_id::text as "supplierId", c.external_id as "externalId", p.id::text as "productId",
      coalesce(p.name, c.external_id) as name, c.samples, c.quantiles
    from product_curves c
    left join products p on p.supplier_id = c.supplier_id and p.external_id = c.external_id
    order by c.samples desc, p.name, c.external_id
    limit ${PRODUCTS}`;
  return rows.map(({ quantiles, ...row }) => ({
    ...row,
    p50: quantileAt(quantiles, 0.5),
    p95: quantileAt(quantiles, 0.95),
  }));
}

/** Between the two quantiles that are kept beside it. Pure. */
export function quantileAt(quantiles: readonly number[], share: number): number {
  const place = share * QUANTILE_STEPS;
  const before = quantiles[Math.floor(place)] ?? 0;
  const after = quantiles[Math.ceil(place)] ?? before;
  return Math.round(before + (after - before) * (place % 1));
}
