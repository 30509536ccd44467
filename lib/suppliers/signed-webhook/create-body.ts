import type { NewSupplierOrder } from "../port.ts";
import type { SignedWebhookConfig } from "./config.ts";

/** The body of a create, or why the order can't be said in this supplier's words. */
export function createBody(
  order: NewSupplierOrder,
  { create, currency }: Pick<SignedWebhookConfig, "create" | "currency">,
): { ok: true; body: string } | { ok: false; why: string } {
  const [only] = order.items;
  if (order.currency.toUpperCase() !== currency) {
    return { ok: false, why: `the account orders in ${currency}` };
  }
  // Left out, it would be bought for real.
  if (order.isMock && create.isMock === null) {
    return { ok: false, why: "this supplier takes no mock orders" };
  }
  if (create.note === null && order.items.some(({ note }) => isSaid(note))) {
    return { ok: false, why: "this supplier takes no fields beside the product" };
  }
  if (!only || (create.items === null && order.items.length > 1)) {
    return { ok: false, why: "this supplier takes one line an order" };
  }
  const lines = order.items.map((item) => lineOf(item, create));
  const named: [string | null, unknown][] = [
    [create.reference, order.reference],
    [create.items, lines],
    [create.currency, currency],
    [create.total, order.totalPrice],
    [create.isMock, order.isMock],
  ];
  const body = {
    ...create.constants,
    ...(create.items === null ? lines[0] : {}),
    ...Object.fromEntries(named.filter(([name, value]) => name !== null && value !== null)),
  };
  return { ok: true, body: JSON.stringify(body) };
}

function lineOf(
  { productId, quantity, note }: NewSupplierOrder["items"][number],
  create: SignedWebhookConfig["create"],
): Record<string, unknown> {
  return {
    [create.sku]: productId,
    [create.quantity]: quantity,
    ...(create.note !== null && isSaid(note) && { [create.note]: note }),
  };
}

const isSaid = (note: object | null): boolean => note !== null && Object.keys(note).length > 0;
