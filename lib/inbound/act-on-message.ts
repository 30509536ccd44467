import { takeLowWord } from "#lib/balance/take-low-word.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { takeNews } from "#lib/orders/take-news.ts";
import { SealError } from "#lib/platform/gcm.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { News } from "#lib/suppliers/inbound.ts";
import type { Worked } from "./judge-message.ts";
import { eventOf, readNews } from "./read-news.ts";
import { openMessage } from "./sealed-inbox.ts";
import type { MessageClaim } from "./store.ts";

/** How fresh what is known of the accounts has to be, to say that there is no such one. */
const KNOWN_FOR_MS = 1_000;

export type Acted = { worked: Worked; event: string | null };

/** Does what one message asks for. What breaks off is told, never thrown: the others of its batch go on. */
export async function actOnMessage(ctx: OrdersContext, claim: MessageClaim): Promise<Acted> {
  let event: string | null = null;
  try {
    if (!ctx.suppliers.byId(claim.supplierId)) await ctx.suppliers.refresh(ctx, KNOWN_FOR_MS);
    const account = ctx.suppliers.byId(claim.supplierId);
    if (!account?.inbound) return { worked: failed("not_connected", null), event };
    const raw = await openMessage(ctx.sealer, claim.id, claim.sealed);
    const news = readNews(ctx.log, account, raw);
    event = eventOf(news);
    return { worked: await act(ctx, account, news), event };
  } catch (error) {
    if (error instanceof SealError) return { worked: failed("sealed", null), event };
    ctx.log.error({ err: error, message: claim.id }, "a message could not be worked on");
    return { worked: failed("failed", "Working on it broke off inside Keyhold."), event };
  }
}

async function act(ctx: OrdersContext, account: SupplierAccount, news: News): Promise<Worked> {
  switch (news.kind) {
    case "unreadable":
      return { kind: "unreadable", why: news.why };
    case "nothing":
      return { kind: "ignored" };
    case "balance":
      await takeLowWord(ctx, account, news);
      return { kind: "done", orderId: null };
    case "order":
      return actOnOrder(ctx, account, news);
  }
}

async function actOnOrder(
  ctx: OrdersContext,
  { id }: SupplierAccount,
  { event, at, reference, supplierOrderId, order, isRefund }: Extract<News, { kind: "order" }>,
): Promise<Worked> {
  if (reference === null && supplierOrderId === null) {
    const problem = { code: "no_order_named", detail: null } as const;
    return { kind: "unmatched", problem, orderId: null, again: false };
  }
  const taken = await takeNews(ctx, id, { event, at, reference, supplierOrderId, order });
  switch (taken.kind) {
    case "recorded":
    case "nudged": {
      const { orderId } = taken;
      // Of many suppliers' orders money that came back is no status: then a look shows nothing of it.
      if (!isRefund || (await isRefunded(ctx, orderId))) return { kind: "done", orderId };
      return { kind: "failed", problem: { code: "refund_unseen", detail: null }, orderId };
    }
    case "foreign":
      return { kind: "ignored" };
    case "held":
      return { kind: "postponed" };
    case "unmatched": {
      const problem = { code: "unknown_order", detail: null } as const;
      return { kind: "unmatched", problem, orderId: null, again: true };
    }
    case "anothers": {
      const problem = { code: "two_orders", detail: null } as const;
      return { kind: "unmatched", problem, orderId: taken.orderId, again: false };
    }
    case "not_read":
      return failed("failed", taken.why);
  }
}

async function isRefunded({ db }: OrdersContext, id: string): Promise<boolean> {
  const order = await db.order.findUniqueOrThrow({ where: { id }, select: { status: true } });
  return order.status === "refunded";
}

const failed = (code: "not_connected" | "sealed" | "failed", detail: string | null): Worked => ({
  kind: "failed",
  problem: { code, detail },
});
