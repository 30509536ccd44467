/** Orders on a test database: placed, moved in time, and looked at. */
import type { Actor } from "#lib/access/actor.ts";
import { openCode, placeOf } from "#lib/codes/code-seal.ts";
import type { Db } from "#lib/platform/db.ts";
import { createProduct } from "#prisma/factories.ts";
import type { OrdersContext } from "./context.ts";
import { placeOrder } from "./place-order.ts";

export const JOB: Actor = { kind: "job", name: "test" };

export const REQUEST = { address: "192.0.2.7", agent: "a browser", correlationId: "correlation-1" };

type TestContext = OrdersContext & { account: { id: string } };
type ProductFacts = Parameters<typeof createProduct>[2];

/** What a person would post for these products, one line each; each for a customer of its own. */
export function newOrder(
  products: { id: string; price: { toFixed(): string } }[],
  facts: { quantity?: number; [field: string]: unknown } = {},
) {
  const { quantity = 1, ...rest } = facts;
  const total = products.reduce((sum, { price }) => sum + Number(price.toFixed()) * quantity, 0);
  const word = Math.random().toString(36).slice(2);
  return {
    clientRef: `ref-${word}-test`,
    lines: products.map(({ id }) => ({ productId: id, quantity, note: {} })),
    customerRef: `customer-${word}`,
    isMock: false,
    agreedTotal: total.toFixed(2),
    ...rest,
  };
}

/** A placed order of one product, due at once. */
export async function place(
  ctx: TestContext,
  product: NonNullable<ProductFacts> = {},
  facts: { quantity?: number; [field: string]: unknown } = {},
): Promise<string> {
  const supplierId = ctx.account.id;
  const { externalId } = product as { externalId?: string };
  const known = externalId
    ? await ctx.db.product.findFirst({ where: { supplierId, externalId } })
    : null;
  const wanted = known ?? (await createProduct(ctx.db, supplierId, product));
  const result = await placeOrder(ctx, JOB, newOrder([wanted], facts), REQUEST);
  if (result.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(result)}`);
  return result.orderId;
}

/** Everything stored about one order. */
export const whole = (db: Db, orderId: string) =>
  db.order.findUniqueOrThrow({
    where: { id: orderId },
    include: {
      items: {
        orderBy: { position: "asc" },
        include: { codes: { orderBy: { position: "asc" }, include: { conflicts: true } } },
      },
      attempts: { orderBy: { id: "asc" } },
      timeline: { orderBy: [{ at: "asc" }, { id: "asc" }] },
      signals: { orderBy: { openedAt: "asc" } },
    },
  });

export type WholeOrder = Awaited<ReturnType<typeof whole>>;

export const openSignals = (order: WholeOrder): string[] =>
  order.signals
    .filter(({ clearedAt }) => clearedAt === null)
    .map(({ key }) => key)
    .sort();

export const timelineKinds = (order: WholeOrder): string[] =>
  order.timeline.map(({ kind }) => kind);

/** The plain codes of an order, by item and position. */
export const plainCodes = ({ sealer }: OrdersContext, order: WholeOrder): Promise<string[][]> =>
  Promise.all(
    order.items.map((item) =>
      Promise.all(
        item.codes.map(async (code) => (await openCode(sealer, placeOf(code), code.sealed)).value),
      ),
    ),
  );

/** The wait is over, without waiting; since a while ago, for the column rounds to milliseconds, upwards too. */
export const makeDue = (db: Db, orderId: string) =>
  db.$executeRaw`update orders set next_poll_at = now() - interval '1 second' where id = ${orderId}::uuid and next_poll_at is not null`;

/** Whoever held it is gone, and its lease has run out. */
export const lapseLease = (db: Db, orderId: string) =>
  db.$executeRaw`update orders set lease_until = now() - interval '1 second' where id = ${orderId}::uuid and lease_until is not null`;

/** Milliseconds until the order is due by the database's clock; null where nothing is left to do. */
export async function dueInMs(db: Db, orderId: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ ms: number | null }[]>`
    select (extract(epoch from next_poll_at - now()) * 1000)::float8 as ms from orders where id = ${orderId}::uuid`;
  return row?.ms ?? null;
}
