/** What a dialog is about, from when it was asked for. */
export type About<Asked, Order> = { asked: Asked | null; order: Order | null };

/**
 * The order that a dialog goes on being about, as it is by now: what joins the alert meanwhile, or is chosen beside it,
 * doesn't become what somebody is about to confirm.
 */
export function keepOrder<Asked, Order extends { id: string }>(
  before: About<Asked, Order>,
  asked: Asked | null,
  now: Order | null,
): About<Asked, Order> {
  if (asked !== before.asked) return { asked, order: now };
  const isIts = now !== null && (before.order === null || before.order.id === now.id);
  return isIts && now !== before.order ? { asked, order: now } : before;
}
