/** Codes that open, of orders, and what was done with them. */
import type { Db } from "#lib/platform/db.ts";
import { createOrder, type testContext } from "#prisma/factories.ts";
import { storeCodes } from "./store-codes.ts";

export const REQUEST = { address: "203.0.113.7", correlationId: "c1" };

type Context = Awaited<ReturnType<typeof testContext>>;
type OrderFacts = Parameters<typeof createOrder>[2];

/** An order's codes as they are stored when the supplier delivers them; by themselves a product of their own. */
export async function stockOf(
  ctx: Context,
  values: string[],
  facts: OrderFacts & { externalId?: string; raw?: (value: string) => object } = {},
) {
  const { externalId = `product_${ctx.newId()}`, raw, ...order } = facts;
  const made = await createOrder(ctx.db, ctx.account.id, order, { externalId });
  const codes = values.map((value, position) => ({
    itemId: made.item.id,
    position,
    value,
    raw: raw ? JSON.parse(JSON.stringify(raw(value))) : value,
  }));
  await ctx.db.$transaction((tx) => storeCodes(tx, ctx, made.order.id, codes, false), {
    timeout: 20_000,
  });
  const stored = await ctx.db.code.findMany({
    where: { orderId: made.order.id },
    orderBy: { id: "asc" },
  });
  const [first] = stored;
  if (!first) throw new Error("No code was stored.");
  return {
    orderId: made.order.id,
    externalId,
    stockProductId: first.stockProductId,
    ids: stored.map(({ id }) => id),
    first: first.id,
  };
}

export const codeOf = (db: Db, id: string) => db.code.findUniqueOrThrow({ where: { id } });

/** What the audit log says of an object: action and reason, oldest first. */
export async function trailOf(db: Db, objectId: string) {
  const entries = await db.auditEntry.findMany({ where: { objectId }, orderBy: { seq: "asc" } });
  return entries.map(({ action, reason, details, actorName, address }) => ({
    action,
    reason,
    details,
    actorName,
    address,
  }));
}

export const actionsOf = async (db: Db, objectId: string): Promise<string[]> =>
  (await trailOf(db, objectId)).map(({ action }) => action);
