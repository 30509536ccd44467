import type { OrdersContext } from "#lib/orders/context.ts";
import { pagesOf } from "#lib/polling/choose-plan.ts";
import type { NotCalled, SupplierAccount } from "#lib/suppliers/account.ts";
import type { ListedState, Outcome, Page, SupplierOrder } from "#lib/suppliers/port.ts";
import type { HeldOrder } from "./compare-list.ts";
import { CLOCK_MARGIN_MS, PAGE_PATIENCE_MS, SPARE_PAGES } from "./sweep-schedule.ts";

export type StatePage = { state: ListedState; rows: SupplierOrder[]; askedAt: Date };

export type PagesEnd =
  /** Read as far as orders of ours can stand. */
  | { kind: "complete" }
  /** Somebody else sweeps now. */
  | { kind: "lost" }
  | { kind: "broken_off"; why: string; silentMs: number }
  /** The answers are not what was asked for; nothing can be concluded from them. */
  | { kind: "not_understood"; why: string };

/**
 * Reads what a supplier lists in one state, newest first, until it is older than the oldest order that
 * is looked for. Stops at the first page that can't be what was asked for.
 * @param take called with each page; false: the sweep is somebody else's by now
 */
export async function readStatePages(
  ctx: OrdersContext,
  account: SupplierAccount,
  state: ListedState,
  held: readonly HeldOrder[],
  take: (page: StatePage) => Promise<boolean>,
): Promise<PagesEnd> {
  const mostPages = 2 * pagesOf(held.length) + SPARE_PAGES;
  const oldest = await oldestThere(ctx, account.id, held);
  let before = "";
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    if (ctx.stop?.aborted) {
      return { kind: "broken_off", why: "This process is being stopped.", silentMs: 0 };
    }
    const askedAt = ctx.now();
    const outcome = await ask(ctx, account, state, cursor);
    await ctx.reach?.("sweep_page_read");
    if (outcome.kind !== "accepted") return endOf(outcome);
    const { items: rows, next } = outcome.value;
    const stranger = rows.find((row) => row.state !== state);
    if (stranger) {
      const why = `Asked for ${state} orders, it showed one that is ${stranger.word}.`;
      return { kind: "not_understood", why };
    }
    // Only the very same one: orders placed meanwhile move known ones down onto the next page.
    const ids = rows.map(({ supplierOrderId }) => supplierOrderId).join();
    if (next !== null && ids === before) {
      return { kind: "not_understood", why: "The same page came again." };
    }
    if (!(await take({ state, rows, askedAt }))) return { kind: "lost" };
    if (next === null || isOlder(rows, oldest)) return { kind: "complete" };
    before = ids;
    cursor = next;
  }
  return { kind: "not_understood", why: `It is longer than ${mostPages} pages.` };
}

const ask = (
  ctx: OrdersContext,
  account: SupplierAccount,
  state: ListedState,
  cursor: string | null,
): Promise<Outcome<Page<SupplierOrder>> | NotCalled> =>
  ctx.suppliers.call(
    ctx,
    account,
    { kind: "read", slice: "poll", what: "sweep", patienceMs: PAGE_PATIENCE_MS },
    (supplier) => supplier.listOrders(cursor, state),
  );

/** Failures of the account pass; an answer that says something else than was asked for doesn't. */
function endOf(
  outcome: Exclude<Outcome<Page<SupplierOrder>> | NotCalled, { kind: "accepted" }>,
): PagesEnd {
  if (outcome.kind === "not_called") {
    const why = "The account has to stay silent for now.";
    return { kind: "broken_off", why, silentMs: outcome.silentMs };
  }
  if (outcome.kind === "unknown") {
    const { reason: why, httpStatus } = outcome;
    const isAnswer = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
    return isAnswer ? { kind: "not_understood", why } : { kind: "broken_off", why, silentMs: 0 };
  }
  const { class: refusal, detail: why, retryAfterMs: silentMs = 0 } = outcome.refusal;
  const isPassing = refusal === "rate_limited" || refusal === "transient" || refusal === "auth";
  return isPassing ? { kind: "broken_off", why, silentMs } : { kind: "not_understood", why };
}

/** When the oldest of the orders was created at the earliest, by the supplier's clock. */
async function oldestThere(
  { db }: OrdersContext,
  supplierId: string,
  held: readonly HeldOrder[],
): Promise<number> {
  const { clockOffsetMs } = await db.supplier.findUniqueOrThrow({
    where: { id: supplierId },
    select: { clockOffsetMs: true },
  });
  const oldest = held.reduce((least, { placedAt }) => Math.min(least, placedAt), Infinity);
  const marginMs = clockOffsetMs === null ? CLOCK_MARGIN_MS.unknown : CLOCK_MARGIN_MS.known;
  return oldest + (clockOffsetMs ?? 0) - marginMs;
}

/** Sorted newest first, and the last of them older: so is all that follows. */
function isOlder(rows: readonly SupplierOrder[], than: number): boolean {
  const times = rows.map(({ createdAt }) => createdAt?.getTime() ?? Number.NaN);
  const last = times.at(-1) ?? Number.NaN;
  const isSorted = times.every((time, at) => at === 0 || time <= (times[at - 1] ?? Number.NaN));
  return last < than && isSorted && (times[0] ?? last) > last;
}
