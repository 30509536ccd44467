import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { literally } from "#lib/platform/search-text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { CodeFilter } from "./code-filter.ts";
import { type CodesAsked, conditionOf, countReferred, newestSources } from "./code-sources.ts";
import { EXPIRING_WITHIN_MS } from "./expiring-policy.ts";
import { type CodeState, isStocked, STOCKED_STATES } from "./lifecycle.ts";
import type { CodePage, CodeRow } from "./types.ts";

const PAGE_SIZE = 50;
/** A word that is in more products' names finds the codes of the first ones. */
const MOST_NAMED = 100;

const { sql, join } = Prisma;

/** Newest first, or what expires soonest first; by keyset. */
export async function listCodes(core: Core, actor: Actor, filter: CodeFilter): Promise<CodePage> {
  requirePermission(actor, "codes.read");
  const asked = await askedBy(core, filter);
  const rows = filter.expiring
    ? await soonest(core, asked, filter.after)
    : await newest(core, asked, filter.after);
  const page = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined;
  return {
    rows: page.map(toRow),
    next: last ? (filter.expiring ? placeOf(last) : last.id) : null,
    readAt: core.now().toISOString(),
  };
}

async function askedBy(core: Core, filter: CodeFilter): Promise<CodesAsked> {
  const { search, product, state, expiring, mock } = filter;
  const [named, orders, referred] = search
    ? await Promise.all([
        productsNamed(core, search, product),
        ordersCalled(core, search),
        expiring ? ("few" as const) : countReferred(core, search),
      ])
    : [[], [], "few" as const];
  const stocked = (state ?? [...STOCKED_STATES]).filter(isStocked);
  return {
    search,
    product,
    named,
    orders,
    referred,
    states: expiring ? stocked : state,
    isMock: mock === "only",
    after: undefined,
  };
}

async function productsNamed(core: Core, search: string, product?: string): Promise<string[]> {
  const rows = await core.db.stockProduct.findMany({
    where: {
      name: { contains: literally(search), mode: "insensitive" },
      ...(product ? { id: product } : {}),
    },
    orderBy: { id: "desc" },
    take: MOST_NAMED,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** By the supplier's id; asked ahead, since a plan for all at once would walk the codes instead. */
async function ordersCalled({ db }: Core, supplierOrderId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select o.id from suppliers s
    join orders o on o.supplier_id = s.id and lower(o.supplier_order_id) = lower(${supplierOrderId})
    limit ${MOST_NAMED}`;
  return rows.map(({ id }) => id);
}

type Found = Omit<CodeRow, "cost" | Dated> & { cost: Prisma.Decimal | null } & {
  [Name in Dated]: Date | (null extends CodeRow[Name] ? null : never);
};
type Dated = "stateChangedAt" | "storedAt" | "expiresAt" | "revealedAt";

const COLUMNS = sql`
  c.id, c.mask, c.state::text as state, c.state_changed_at as "stateChangedAt",
  c.stock_product_id as "productId", p.name as "productName", p.region, c.order_id as "orderId",
  c.customer_ref as "customerRef", c.cost, c.currency, c.is_mock as "isMock", c.stored_at as "storedAt",
  c.expires_at as "expiresAt", c.revealed_at as "revealedAt"`;

function newest({ db }: Core, asked: CodesAsked, after: string | undefined): Promise<Found[]> {
  const limit = PAGE_SIZE + 1;
  const sources = newestSources({ ...asked, after: isUuid(after) ? after : undefined }, limit);
  return db.$queryRaw<Found[]>`
    with found as (
      select id from (${join(sources, " union ")}) any_way order by id desc limit ${limit})
    select ${COLUMNS} from found join codes c using (id)
    join stock_products p on p.id = c.stock_product_id
    order by c.id desc`;
}

function soonest(core: Core, asked: CodesAsked, after: string | undefined): Promise<Found[]> {
  const until = new Date(core.now().getTime() + EXPIRING_WITHIN_MS);
  const from = placeIn(after);
  return core.db.$queryRaw<Found[]>`
    with found as (
      select c.id from codes c
      where c.state in ('available', 'reserved') and c.expires_at is not null and c.expires_at < ${until}
        and ${conditionOf(asked)}
        ${from ? sql`and c.expires_at >= ${from.at} and (c.expires_at, c.id) > (${from.at}, ${from.id}::uuid)` : Prisma.empty}
      order by c.expires_at, c.id limit ${PAGE_SIZE + 1})
    select ${COLUMNS} from found join codes c using (id)
    join stock_products p on p.id = c.stock_product_id
    order by c.expires_at, c.id`;
}

const placeOf = ({ expiresAt, id }: Found): string => `${expiresAt?.toISOString() ?? ""}~${id}`;

function placeIn(after: string | undefined): { at: Date; id: string } | null {
  const [text, id] = after?.split("~") ?? [];
  const at = new Date(text ?? "");
  return isUuid(id) && !Number.isNaN(at.getTime()) ? { at, id } : null;
}

const toRow = ({
  cost,
  stateChangedAt,
  storedAt,
  expiresAt,
  revealedAt,
  ...row
}: Found): CodeRow => ({
  ...row,
  state: row.state as CodeState,
  cost: cost?.toFixed() ?? null,
  stateChangedAt: stateChangedAt.toISOString(),
  storedAt: storedAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  revealedAt: revealedAt?.toISOString() ?? null,
});
