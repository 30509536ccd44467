import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { Decided } from "./decide-all.ts";
import { SEALED_PAYMENT_PAGES } from "./sealed-payment-pages.ts";

const { boundTo } = SEALED_PAYMENT_PAGES;

/**
 * Keeps where locked orders are to be paid, as the supplier told, and forgets it once that isn't awaited any
 * more. Only of accounts without a payment step of ours: what Keyhold pays, nobody is to pay a second time.
 */
export async function keepPaymentPages(
  tx: Tx,
  { sealer }: { sealer: Sealer },
  decided: Decided[],
  now: Date,
): Promise<void> {
  const theirs = decided.filter(({ state }) => state.ways.payStep === "none");
  const told = theirs.flatMap(({ state, decision }) => {
    const url = decision.seen?.paymentUrl ?? null;
    const isAwaited = (decision.status ?? state.status) === "awaiting_payment";
    return url === null || !isAwaited ? [] : [{ orderId: state.id, url }];
  });
  if (told.length > 0) {
    await tx.$executeRaw`
      insert into payment_pages (order_id, sealed, blind_index, told_at)
      select *, ${now}::timestamptz from unnest(
        ${told.map(({ orderId }) => orderId)}::uuid[],
        ${told.map(({ orderId, url }) => sealer.seal(url, boundTo(orderId)))}::text[],
        ${told.map(({ url }) => sealer.blindIndex(url))}::text[])
      on conflict (order_id) do update
        set sealed = excluded.sealed, blind_index = excluded.blind_index, told_at = excluded.told_at
        where payment_pages.blind_index <> excluded.blind_index`;
  }
  // Whether or not this process is connected to the account, and knows that it keeps pages.
  const over = decided.flatMap(({ state, decision }) =>
    state.status === "awaiting_payment" &&
    decision.status !== undefined &&
    decision.status !== "awaiting_payment"
      ? [state.id]
      : [],
  );
  if (over.length > 0) await tx.paymentPage.deleteMany({ where: { orderId: { in: over } } });
}
