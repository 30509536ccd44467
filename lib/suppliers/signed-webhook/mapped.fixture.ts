import type { SupplierOrder } from "../port.ts";
import {
  type SignedWebhookConfig,
  type SignedWebhookInput,
  signedWebhookConfig,
} from "./config.ts";
import { orderReader, type ToldOrder } from "./read-order.ts";

export const KEY = "key-1234567890";

/** A configuration with what has to be there, and `more`. */
export const configured = (more: Partial<SignedWebhookInput> = {}): SignedWebhookConfig =>
  signedWebhookConfig.parse({
    baseUrl: "https://supplier.example/v1",
    currency: "usd",
    paths: { order: "/orders/{id}" },
    products: [{ sku: "card-10", name: "Card", price: "9.50" }],
    ...more,
  });

export const readerOf = (more: Partial<SignedWebhookInput> = {}) =>
  orderReader(configured(more), [KEY]);

export function mapped(
  answer: object,
  more: Partial<SignedWebhookInput> = {},
): ToldOrder & { order: SupplierOrder } {
  const told = readerOf(more).inAnswer(JSON.parse(JSON.stringify(answer)));
  if (!told) throw new Error("no order was read");
  return told;
}
