import type { OrderRow } from "#lib/orders/types.ts";
import { compareAmounts } from "#lib/platform/money.ts";
import { type Draft, draftTotal, readQuantity } from "./draft.ts";

/** An equal order this young is worth a question: two people, or two tabs, on one request. */
export const SIMILAR_WITHIN_MS = 10 * 60_000;

const WITHOUT_EFFECT = ["rejected", "cancelled", "failed"];

/** The latest order that looks like this draft and may well be the same wish, or null. */
export function similarOrder(rows: OrderRow[], draft: Draft, now: number): OrderRow | null {
  const total = draftTotal(draft);
  const first = draft.lines[0];
  if (!first || total === null) return null;
  const quantity = draft.lines.reduce((sum, line) => sum + (readQuantity(line.quantity) ?? 0), 0);
  const similar = rows.filter(
    (row) =>
      now - Date.parse(row.createdAt) < SIMILAR_WITHIN_MS &&
      !WITHOUT_EFFECT.includes(row.status) &&
      row.isMock === draft.isMock &&
      row.productName === first.product.name &&
      row.moreItems === draft.lines.length - 1 &&
      row.quantity === quantity &&
      row.currency === first.product.currency &&
      compareAmounts(row.total, total) === 0 &&
      (row.customerRef ?? "") === draft.customerRef.trim(),
  );
  return similar[0] ?? null;
}
