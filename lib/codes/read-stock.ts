import { z } from "zod";
import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { literally, searchText } from "#lib/platform/search-text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { codeRights } from "./code-rights.ts";
import { COUNTED_UP_TO, EXPIRING_WITHIN_MS } from "./expiring-policy.ts";
import type { CodeState } from "./lifecycle.ts";
import type { StockPage, StockRow } from "./types.ts";

/** So many products stand above the list of codes, unless all are asked for. */
const FEW = 8;
const MANY = 500;

const schema = z.object({
  /** A digest where it is a supplier's product: no version of a UUID. */
  product: z.guid().optional().catch(undefined),
  /** Words of a name; products that have none of them are left out only where another has. */
  search: searchText(200).optional().catch(undefined),
  products: z.literal("all").optional().catch(undefined),
});

export type StockFilter = z.infer<typeof schema>;

export const parseStockFilter = (params: URLSearchParams): StockFilter =>
  schema.parse(Object.fromEntries(params));

/** Codes by product, counted and valued. Costs as much as there are products, not codes. */
export async function readStock(core: Core, actor: Actor, filter: StockFilter): Promise<StockPage> {
  requirePermission(actor, "codes.read");
  const [products, expiring, complaints] = await Promise.all([
    readProducts(core, filter),
    countExpiring(core),
    core.db.codeComplaint.aggregate({
      where: { closedAt: null },
      _count: true,
      _min: { windowEndsAt: true },
    }),
  ]);
  const [first] = products;
  return {
    rows: products.map(toRow),
    total: first?.total ?? 0,
    low: first?.low ?? 0,
    expiring,
    complaints: {
      open: complaints._count,
      firstEndsAt: complaints._min.windowEndsAt?.toISOString() ?? null,
    },
    may: codeRights(actor),
    readAt: core.now().toISOString(),
  };
}

type Product = Omit<StockRow, "counts" | "oldestAt" | "expiresAt"> & {
  counts: Partial<Record<CodeState, number>>;
  oldestAt: Date | null;
  expiresAt: Date | null;
  total: number;
  low: number;
};

function readProducts(
  { db }: Core,
  { product, search, products }: StockFilter,
): Promise<Product[]> {
  const matches = search ? Prisma.sql`p.name ilike ${`%${literally(search)}%`}` : Prisma.sql`false`;
  // What somebody has seen is kept back, so it isn't available. The levels lag behind by what `stock_changes` holds. What has never had a code is shown only where
  // somebody made it: as goods of our own, or by drawing a line.
  return db.$queryRaw<Product[]>`
    with cell as (
      select stock_product_id, state, currency, sum(count)::int as count, sum(cost) as cost
      from (select stock_product_id, state, currency, count, cost from stock_levels where not is_mock
            union all
            select stock_product_id, state, currency, count, cost from stock_changes where not is_mock) noted
      group by 1, 2, 3 having sum(count) <> 0),
    seen as (
      select stock_product_id, count(*)::int as count from codes
      where state = 'available' and not is_mock and revealed_at is not null group by 1),
    counted as (
      select by_state.stock_product_id, jsonb_object_agg(
        state, by_state.count - case when state = 'available' then coalesce(seen.count, 0) else 0 end) as counts,
        max(seen.count) as seen
      from (select stock_product_id, state, sum(count)::int as count from cell group by 1, 2) by_state
      left join seen using (stock_product_id) group by 1),
    valued as (
      select stock_product_id, sum(count) filter (where currency = '')::int as without_cost,
        jsonb_agg(jsonb_build_object('amount', cost::text, 'currency', currency) order by currency)
          filter (where currency <> '') as value
      from (
        select stock_product_id, currency, sum(count) as count, trim_scale(sum(cost)) as cost
        from cell where state in ('available', 'reserved') group by 1, 2) by_currency group by 1),
    product as (
      select p.id, p.name, p.region, p.low_line, s.name as supplier_name, coalesce(k.counts, '{}') as counts, coalesce(k.seen, 0) as seen,
        coalesce(v.value, '[]') as value, coalesce(v.without_cost, 0) as without_cost,
        coalesce(p.low_line > coalesce((k.counts->>'available')::int, 0), false) as is_low,
        ${matches} as is_meant
      from stock_products p
      left join suppliers s on s.id = p.supplier_id
      left join counted k on k.stock_product_id = p.id
      left join valued v on v.stock_product_id = p.id
      where k.counts is not null or p.low_line is not null or p.supplier_id is null),
    shown as (
      select *, count(*) over ()::int as total, sum(is_low::int) over ()::int as low,
        bool_or(is_meant) over () as any_meant
      from product),
    page as (
      select * from shown
      where ${product ? Prisma.sql`id = ${product}::uuid` : Prisma.sql`is_meant = any_meant`}
      order by is_low desc, (counts->'available' is not null or counts->'reserved' is not null) desc,
        lower(name), region nulls first, id
      limit ${products ? MANY : FEW})
    select page.id, page.name, region, supplier_name as "supplierName", low_line as "lowLine", counts, seen, value,
      without_cost as "withoutCost", total, low,
      (select c.stored_at from codes c
       where c.stock_product_id = page.id and c.state = 'available' and not c.is_mock
       order by c.id limit 1) as "oldestAt",
      (select c.expires_at from codes c
       where c.stock_product_id = page.id and c.state = 'available' and not c.is_mock and c.expires_at is not null
       order by c.expires_at limit 1) as "expiresAt"
    from page
    order by is_low desc, (counts->'available' is not null or counts->'reserved' is not null) desc,
      lower(name), region nulls first, id`;
}

async function countExpiring({ db, now }: Core): Promise<number> {
  const until = new Date(now().getTime() + EXPIRING_WITHIN_MS);
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from codes where state in ('available', 'reserved') and expires_at is not null
        and expires_at < ${until} and not is_mock
      limit ${COUNTED_UP_TO + 1}) few`;
  return row?.count ?? 0;
}

const NONE: Record<CodeState, number> = {
  available: 0,
  reserved: 0,
  handed_out: 0,
  bad: 0,
  replaced: 0,
  expired: 0,
  withheld: 0,
};

function toRow({ total: _, low: __, counts, oldestAt, expiresAt, ...row }: Product): StockRow {
  return {
    ...row,
    counts: { ...NONE, ...counts },
    oldestAt: oldestAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
