/** What the inventory page reads: by Keyhold's verbs, and by the SQL that one would write for each by hand. */
import type { Pool } from "pg";
import type { Actor } from "#lib/access/actor.ts";
import { parseCodeFilter } from "#lib/codes/code-filter.ts";
import { EXPIRING_WITHIN_MS } from "#lib/codes/expiring-policy.ts";
import { findCode } from "#lib/codes/find-code.ts";
import { listCodes } from "#lib/codes/read-codes.ts";
import { parseStockFilter, readStock } from "#lib/codes/read-stock.ts";
import type { Core } from "#lib/platform/core.ts";
import { codeOf, customerOf, indexOf, supplierOrderOf } from "../world/seed-stock.ts";

/** What a read may be asked for: a code, by its number, id and product. */
export type Sample = { number: number; id: string; productId: string };

export type Reads = {
  name: string;
  /** Answers what it found, so that both can be compared. */
  ours(sample: Sample): Promise<string[]>;
  byHand(sample: Sample): Promise<string[]>;
};

const PERSON: Actor = {
  kind: "user",
  id: "01900000-0000-7000-8000-0000000000aa",
  name: "bench",
  email: "bench@keyhold.example",
  role: "operator",
  grants: ["codes.values", "export"],
  sessionId: "",
  provedAt: null,
};
const REQUEST = { address: null, correlationId: null };

const ROW = `c.id, c.mask, c.state::text, c.state_changed_at, c.stock_product_id, p.name, p.region, c.order_id,
  c.customer_ref, c.cost, c.currency, c.is_mock, c.stored_at, c.expires_at, c.revealed_at`;
/** The newest 50, and whether there are more. */
const NEWEST = "order by c.id desc limit 51";
const list = (where: string): string =>
  `select ${ROW} from codes c join stock_products p on p.id = c.stock_product_id
   where not c.is_mock and ${where} ${NEWEST}`;

export function readsOf(core: Core, pool: Pool): Reads[] {
  const page = async (filter: Record<string, string>): Promise<string[]> =>
    (await listCodes(core, PERSON, parseCodeFilter(filter))).rows.map(({ id }) => id);
  const byHand = async (name: string, text: string, values: unknown[]): Promise<string[]> => {
    const { rows } = await pool.query<{ id: string }>({ name, text, values });
    return rows.slice(0, 50).map(({ id }) => id);
  };
  const pageByHand =
    (name: string, where: string, valuesOf: (sample: Sample) => unknown[] = () => []) =>
    (sample: Sample) =>
      byHand(name, list(where), valuesOf(sample));
  const sealer = { blindIndex: indexOf };
  return [
    {
      name: "products",
      ours: async () =>
        (await readStock(core, PERSON, parseStockFilter(new URLSearchParams()))).rows.map(
          ({ id }) => id,
        ),
      byHand: () => productsByHand(pool),
    },
    { name: "first page", ours: () => page({}), byHand: pageByHand("first", "true") },
    {
      name: "deep page",
      ours: ({ id }) => page({ after: id }),
      byHand: pageByHand("deep", "c.id < $1", ({ id }) => [id]),
    },
    {
      name: "of a product",
      ours: ({ productId }) => page({ product: productId }),
      byHand: pageByHand("product", "c.stock_product_id = $1", ({ productId }) => [productId]),
    },
    {
      name: "in a state",
      ours: () => page({ state: "bad" }),
      byHand: pageByHand("state", "c.state = 'bad'"),
    },
    {
      name: "of a product in a state",
      ours: ({ productId }) => page({ product: productId, state: "available" }),
      byHand: pageByHand(
        "product and state",
        "c.stock_product_id = $1 and c.state = 'available'",
        ({ productId }) => [productId],
      ),
    },
    {
      name: "by customer reference",
      ours: ({ number }) => page({ search: customerOf(number) }),
      byHand: ({ number }) => searchByHand(byHand, customerOf(number)),
    },
    {
      name: "by supplier order",
      ours: ({ number }) => page({ search: supplierOrderOf(number) }),
      byHand: ({ number }) => searchByHand(byHand, supplierOrderOf(number)),
    },
    {
      name: "by exact code, noted",
      ours: async ({ number }) =>
        (await findCode({ ...core, sealer }, PERSON, codeOf(number), REQUEST)).map(({ id }) => id),
      byHand: ({ number }) => codeByHand(pool, indexOf(codeOf(number))),
    },
  ];
}

/** By the levels, as whoever knows of them would; what is about to expire and the complaints beside. */
async function productsByHand(pool: Pool): Promise<string[]> {
  const [products] = await Promise.all([
    pool.query<{ id: string }>({
      name: "products",
      text: `
        select p.id, p.name, p.region, p.low_line, s.name as supplier, l.*,
          (select c.stored_at from codes c where c.stock_product_id = p.id and c.state = 'available'
             and not c.is_mock order by c.id limit 1) as oldest
        from stock_products p
        join suppliers s on s.id = p.supplier_id
        join (
          select stock_product_id,
            sum(count) filter (where state = 'available') as available,
            sum(count) filter (where state = 'reserved') as reserved,
            sum(count) filter (where state = 'handed_out') as handed_out,
            sum(count) filter (where state = 'bad') as bad,
            sum(count) filter (where state = 'expired') as expired,
            sum(cost) filter (where state in ('available', 'reserved')) as value
          from stock_levels where not is_mock group by 1) l on l.stock_product_id = p.id
        order by coalesce(p.low_line > coalesce(l.available, 0), false) desc,
          (l.available is not null or l.reserved is not null) desc, lower(p.name), p.region nulls first, p.id
        limit 8`,
    }),
    pool.query({
      name: "expiring",
      text: `select count(*) from (
          select 1 from codes where state in ('available', 'reserved') and expires_at < $1 and not is_mock
          order by expires_at limit 1001) few`,
      values: [new Date(Date.now() + EXPIRING_WITHIN_MS)],
    }),
    pool.query({
      name: "complaints",
      text: "select count(*), min(window_ends_at) from code_complaints where closed_at is null",
    }),
  ]);
  return products.rows.map(({ id }) => id);
}

/** What was typed may be a customer's reference, a supplier's order or a product; each by its index. */
const searchByHand = (
  byHand: (name: string, text: string, values: unknown[]) => Promise<string[]>,
  typed: string,
): Promise<string[]> =>
  byHand(
    "search",
    `with found as (
       select id from (
         select id from codes where lower(customer_ref) ~>=~ $1 and lower(customer_ref) ~<~ $2 and not is_mock
         union
         select c.id from orders o join codes c on c.order_id = o.id
         where o.supplier_id = (select id from suppliers) and lower(o.supplier_order_id) = $1 and not c.is_mock
         union
         select id from codes
         where stock_product_id = any(array(select id from stock_products where strpos(lower(name), $1) > 0))
           and not is_mock) any_way
       order by id desc limit 51)
     select ${ROW} from found join codes c using (id) join stock_products p on p.id = c.stock_product_id
     order by c.id desc`,
    [typed.toLowerCase(), `${typed.toLowerCase()}\u{10ffff}`],
  );

/** With its line in the audit log, as nobody may search without. */
async function codeByHand(pool: Pool, blindIndex: string): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ id: string }>({
      name: "code",
      text: `select ${ROW} from codes c join stock_products p on p.id = c.stock_product_id
        where c.blind_index = $1 or c.id = any(array(select code_id from code_conflicts where blind_index = $1))
        order by c.id desc limit 20`,
      values: [blindIndex],
    });
    await client.query({
      name: "note",
      text: `insert into audit_entries (at, actor_kind, actor_id, actor_name, action, object_kind, object_id, details)
        values (now(), 'user', $1, 'bench', 'code.searched', 'code', $2, '{"found":1}')`,
      values: [PERSON.kind === "user" ? PERSON.id : null, rows[0]?.id ?? "none"],
    });
    await client.query("commit");
    return rows.map(({ id }) => id);
  } finally {
    client.release();
  }
}
