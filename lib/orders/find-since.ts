import type { Db } from "#lib/platform/db.ts";
import { Prisma } from "#prisma/generated/client.ts";
import type { OrderFilter } from "./order-filter.ts";

const { sql } = Prisma;

/** As many as can be named one by one; of more, a list finds a page just as fast by itself. */
const MOST = 1_000;

/**
 * What has come to its end since, in parts that each read an index; figures and the list behind them go by the very
 * same. An order may have ended long before its money came back.
 */
export const finishedSince = (since: Date): [Prisma.Sql, Prisma.Sql] => [
  sql`finished_at >= ${since} and status <> 'refunded'`,
  sql`status = 'refunded' and status_changed_at >= ${since}`,
];

/** What was paid for since and not given back. */
export const paidSince = (since: Date): Prisma.Sql =>
  sql`paid_at >= ${since} and status <> 'refunded'`;

const finishedSinceWhere = (since: Date): Prisma.OrderWhereInput => ({
  OR: [
    { finishedAt: { gte: since }, status: { not: "refunded" } },
    { status: "refunded", statusChangedAt: { gte: since } },
  ],
});

const paidSinceWhere = (since: Date): Prisma.OrderWhereInput => ({
  paidAt: { gte: since },
  status: { not: "refunded" },
});

/**
 * What the filter's times leave in a list; nothing where it has none. A few orders among a million are named, as the
 * indexes of times find them, which are of real orders alone; many stand so close together that the list's own order
 * finds them.
 */
export async function sinceOf(
  db: Pick<Db, "$queryRaw">,
  filter: OrderFilter,
): Promise<Prisma.OrderWhereInput[]> {
  const finished = filter.finishedSince ? new Date(filter.finishedSince) : null;
  const paid = filter.paidSince ? new Date(filter.paidSince) : null;
  return [
    ...(finished
      ? [(await named(db, filter, finishedSince(finished))) ?? finishedSinceWhere(finished)]
      : []),
    ...(paid ? [(await named(db, filter, [paidSince(paid)])) ?? paidSinceWhere(paid)] : []),
  ];
}

async function named(
  db: Pick<Db, "$queryRaw">,
  { mock, status, currency, after }: OrderFilter,
  parts: Prisma.Sql[],
): Promise<Prisma.OrderWhereInput | null> {
  if (mock !== "without") return null;
  const rest = sql`not is_mock
    and (${status ?? null}::text[] is null or status::text = any(${status ?? null}::text[]))
    and (${currency ?? null}::text is null or currency = ${currency ?? null})
    and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid)`;
  const found = parts.map((part) => sql`select id::text from orders where ${part} and ${rest}`);
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from (${Prisma.join(found, " union all ")}) since limit ${MOST + 1}::int`;
  return rows.length > MOST ? null : { id: { in: rows.map(({ id }) => id) } };
}
