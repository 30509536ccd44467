import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { SealError } from "#lib/platform/gcm.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { PlacedOrder } from "./read-placed.ts";
import { SEALED_PAYMENT_PAGES } from "./sealed-payment-pages.ts";

type Opener = Pick<Core, "db"> & { sealer: Sealer };

/**
 * The address of the page at which an order is to be paid. Whoever has it may act on the payment, so each look
 * is audited before it leaves. Null where there is none, or none any more. Throws `forbidden`.
 */
export async function openPaymentPage(
  ctx: Core & { sealer: Sealer },
  actor: Actor,
  orderId: string,
  request: RequestFacts,
): Promise<string | null> {
  requirePermission(actor, "orders.place");
  const [page] = isUuid(orderId) ? await pagesOf(ctx, [orderId]) : [];
  if (!page) return null;
  const url = await openPage(ctx, page);
  await ctx.db.$transaction((tx) =>
    appendAuditEntry(tx, ctx, actor, {
      action: "payment_page.opened",
      objectKind: "order",
      objectId: orderId,
      ...request,
    }),
  );
  return url;
}

/**
 * Orders as they are told to whoever has a key, with where each is to be paid, for keys that may place orders. A
 * shop asks again and again how its orders stand, so a look of its own leaves no entry; and where a page can't be
 * opened, it is told of its orders all the same.
 */
export async function withPaymentPages(
  ctx: Opener & Pick<Core, "log">,
  actor: Extract<Actor, { kind: "key" }>,
  orders: readonly PlacedOrder[],
): Promise<(PlacedOrder & { paymentUrl?: string })[]> {
  const awaited = orders.filter(({ status }) => status === "awaiting_payment");
  if (awaited.length === 0 || !can(actor, "orders.place")) return [...orders];
  const addresses = new Map<string, string>();
  const ids = awaited.map(({ id }) => id);
  for (const page of await pagesOf(ctx, ids)) {
    try {
      addresses.set(page.orderId, await openPage(ctx, page));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      ctx.log.error({ err: error, orderId: page.orderId }, "a payment page could not be opened");
    }
  }
  return orders.map((order) => {
    const paymentUrl = addresses.get(order.id);
    return paymentUrl === undefined ? order : { ...order, paymentUrl };
  });
}

type SealedPage = { orderId: string; sealed: string };

const pagesOf = ({ db }: Pick<Opener, "db">, orderIds: string[]): Promise<SealedPage[]> =>
  db.paymentPage.findMany({
    where: { orderId: { in: orderIds }, order: { status: "awaiting_payment" } },
    select: { orderId: true, sealed: true },
  });

const openPage = ({ sealer }: Pick<Opener, "sealer">, page: SealedPage): Promise<string> =>
  sealer.open(page.sealed, SEALED_PAYMENT_PAGES.boundTo(page.orderId));
