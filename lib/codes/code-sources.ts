import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { literally } from "#lib/platform/search-text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { CODE_STATES, type CodeState } from "./lifecycle.ts";

type Sql = Prisma.Sql;
const { sql, join } = Prisma;

/** Which codes are asked for, once names are ids. */
export type CodesAsked = {
  search: string | undefined;
  /** The product that is chosen. */
  product: string | undefined;
  /** The products that a search means by their names, among them `product` where that is chosen too. */
  named: string[];
  /** The orders that a search means by their supplier's ids. */
  orders: string[];
  /** How many codes have a reference that begins as the search; see `countReferred`. */
  referred: "few" | "many";
  states: CodeState[] | undefined;
  isMock: boolean;
  /** Older than this id. */
  after: string | undefined;
};

/**
 * The newest ids of what is asked for, as many selects as there are ways to it, each of which walks one
 * index backwards and stops at `limit`: a filter that few rows pass must not walk a million others.
 */
export function newestSources(asked: CodesAsked, limit: number): Sql[] {
  const { search, orders, product, named, states, isMock } = asked;
  const newest = sql`order by c.id desc limit ${limit}`;
  const one = (where: Sql) =>
    sql`(select c.id from codes c where ${where} and ${restOf(asked)} ${newest})`;
  const ofProducts = (ids: string[]) => sql`(
    select c.id from unnest(${ids}::uuid[]) wanted_product
    cross join unnest(${states ?? CODE_STATES}::code_state[]) wanted_state
    cross join lateral (
      select c.id from codes c
      where c.stock_product_id = wanted_product and c.state = wanted_state and ${pageOf(asked)} ${newest}) c)`;
  if (search) {
    return [
      ...searchesOf(search, orders).map(one),
      referenceSource(asked, newest),
      // Mock codes are few and have an index of their own.
      ...(named.length === 0 ? [] : isMock ? [one(isAny(named))] : [ofProducts(named)]),
    ];
  }
  if (isMock) return [one(sql`true`)];
  if (product) return [ofProducts([product])];
  if (!states) return [one(sql`true`)];
  return states.map((state) => one(sql`c.state = ${state}::code_state`));
}

/** The same as one condition, for a list in another order. */
export function conditionOf(asked: CodesAsked): Sql {
  const { search, orders, named } = asked;
  if (!search) return restOf(asked);
  const ways = [
    begins(search),
    ...searchesOf(search, orders),
    ...(named.length > 0 ? [isAny(named)] : []),
  ];
  return sql`(${join(ways, " or ")}) and ${restOf(asked)}`;
}

const isAny = (products: string[]): Sql => sql`c.stock_product_id = any(${products}::uuid[])`;

function searchesOf(search: string, orders: string[]): Sql[] {
  const ids = isUuid(search)
    ? [
        sql`c.id = ${search}::uuid`,
        sql`c.order_id = ${search}::uuid`,
        sql`c.hand_out_id = ${search}::uuid`,
      ]
    : [];
  return [...ids, ...(orders.length > 0 ? [sql`c.order_id = any(${orders}::uuid[])`] : [])];
}

const begins = (search: string): Sql =>
  sql`lower(c.customer_ref) like lower(${literally(search)}) || '%'`;

/**
 * By the beginning of the reference: where few codes have it, those are sorted; else the newest codes are
 * walked. Left to itself the database walks in any case, past a million codes for a reference that is rare.
 */
function referenceSource({ search = "", referred, ...asked }: CodesAsked, newest: Sql): Sql {
  if (referred === "many") {
    return sql`(select c.id from codes c where ${begins(search)} and ${restOf(asked)} ${newest})`;
  }
  return sql`(
    select c.id from (
      select c.id, c.state, c.stock_product_id, c.is_mock from codes c where ${begins(search)} offset 0) c
    where ${restOf(asked)} ${newest})`;
}

/** References that begin so in more codes than this count as many. */
const FEW_REFERENCES = 5_000;

/** Whether few or many codes have a reference that begins so; reads the index in its order and no further. */
export function countReferred({ db }: Core, search: string): Promise<"few" | "many"> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`
      select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('enable_seqscan', 'off', true)`;
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      select count(*)::int as count from (
        select 1 from codes c where ${begins(search)}
        order by lower(c.customer_ref) using ~<~ limit ${FEW_REFERENCES + 1}) few`;
    return (row?.count ?? 0) > FEW_REFERENCES ? "many" : "few";
  });
}

type Narrowing = Pick<CodesAsked, "product" | "states" | "isMock" | "after">;

/** What a source doesn't see to by itself. */
function restOf(asked: Narrowing): Sql {
  const { product, states } = asked;
  return join(
    [
      pageOf(asked),
      ...(product ? [sql`c.stock_product_id = ${product}::uuid`] : []),
      ...(states ? [sql`c.state = any(${states}::code_state[])`] : []),
    ],
    " and ",
  );
}

const pageOf = ({ isMock, after }: Narrowing): Sql =>
  sql`${isMock ? sql`c.is_mock` : sql`not c.is_mock`} ${after ? sql`and c.id < ${after}::uuid` : Prisma.empty}`;
