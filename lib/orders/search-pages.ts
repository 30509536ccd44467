/** The one search by our reference that there is: whoever searches, does it through here. */
import type { NotCalled } from "#lib/suppliers/account.ts";
import type { Outcome, SearchPage, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import type { OrdersContext } from "./context.ts";
import { MOST_SEARCH_PAGES, SEARCH_KEPT_MS } from "./poll-schedule.ts";

/** What a search came to. That there is no such order is `none` alone, and `askedAt` is when its first page was. */
export type Searched =
  | { kind: "order"; order: SupplierOrder }
  | { kind: "none"; askedAt: Date; pages: number }
  /** As much was read as is ever read, and not to the end: it can't be told. */
  | { kind: "too_long"; pages: number }
  /** Whoever asked doesn't wait any longer; it goes on from here. */
  | { kind: "left"; pages: number }
  | Exclude<Outcome<never>, { kind: "accepted" }>
  | NotCalled;

export type Search = {
  orderId: string;
  /** Makes one call, within the account's budget: each page is paid for by itself. */
  call(
    ask: (supplier: Supplier) => Promise<Outcome<SearchPage>>,
  ): Promise<Outcome<SearchPage> | NotCalled>;
  /** What was begun before this isn't gone on with. */
  notBefore?: Date;
  /** Asked before each page but the first. */
  isLeft?: () => boolean;
};

type Progress = { cursor: string; beganAt: Date; pages: number };

/**
 * Searches the supplier for the order made under our reference, page by page. How far it came is written down after
 * each page, so that a search which is interrupted (no token, a silence, the process dies) goes on where it was: later
 * orders push the others onto later pages, so nothing is skipped by that. Two that search at once disturb nobody, since
 * each place that is written down is one up to which all was read. Whatever goes wrong otherwise begins it anew.
 */
export async function searchPages(ctx: OrdersContext, search: Search): Promise<Searched> {
  const { orderId, call, isLeft } = search;
  let progress = await readProgress(ctx, search);
  for (let isFirst = true; ; isFirst = false) {
    const { pages = 0, beganAt = ctx.now(), cursor = null } = progress ?? {};
    if (!isFirst && isLeft?.()) return { kind: "left", pages };
    const page = await call((supplier) => supplier.findOrder(orderId, cursor));
    if (page.kind === "not_called") return page;
    if (page.kind !== "accepted") {
      if (!isPassing(page)) await forget(ctx, orderId, progress);
      return page;
    }
    const { value } = page;
    if (value.kind !== "more") {
      await forget(ctx, orderId, progress);
      return value.kind === "order" ? value : { kind: "none", askedAt: beganAt, pages: pages + 1 };
    }
    progress = { cursor: value.next, beganAt, pages: pages + 1 };
    if (progress.pages >= MOST_SEARCH_PAGES) {
      await forget(ctx, orderId, progress);
      return { kind: "too_long", pages: progress.pages };
    }
    await keep(ctx, orderId, progress);
    await ctx.reach?.("search_page_read");
  }
}

/** It said nothing of the page that was asked for, which is asked for again. */
const isPassing = (outcome: Exclude<Outcome<never>, { kind: "accepted" }>): boolean =>
  outcome.kind === "refused" &&
  (outcome.refusal.class === "rate_limited" || outcome.refusal.class === "transient");

async function readProgress(ctx: OrdersContext, search: Search): Promise<Progress | null> {
  const { orderId, notBefore } = search;
  const oldest = new Date(
    Math.max(ctx.now().getTime() - SEARCH_KEPT_MS, notBefore?.getTime() ?? 0),
  );
  return ctx.db.orderSearch.findFirst({
    where: { orderId, beganAt: { gte: oldest } },
    select: { cursor: true, beganAt: true, pages: true },
  });
}

async function keep(ctx: OrdersContext, orderId: string, progress: Progress): Promise<void> {
  await ctx.db.$executeRaw`
    insert into order_searches (order_id, cursor, began_at, pages)
    values (${orderId}::uuid, ${progress.cursor}, ${progress.beganAt}, ${progress.pages}::int)
    on conflict (order_id) do update
      set cursor = excluded.cursor, began_at = excluded.began_at, pages = excluded.pages`;
}

async function forget(
  ctx: OrdersContext,
  orderId: string,
  progress: Progress | null,
): Promise<void> {
  // Most searches end with their first page, and have kept nothing.
  if (progress) await ctx.db.orderSearch.deleteMany({ where: { orderId } });
}
