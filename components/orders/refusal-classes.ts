import type { RefusalClass } from "#lib/suppliers/port.ts";

/** Each has its sentence in `orders.refusal.*`; stored answers carry the class as plain text. */
const classes: Record<RefusalClass, true> = {
  auth: true,
  balance: true,
  price_changed: true,
  out_of_stock: true,
  validation: true,
  not_found: true,
  conflict: true,
  payment_not_possible: true,
  rate_limited: true,
  transient: true,
  unknown: true,
};

export const isRefusalClass = (text: unknown): text is RefusalClass =>
  typeof text === "string" && Object.hasOwn(classes, text);
