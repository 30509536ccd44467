import { type Hidden, plainName } from "../http/hide-codes.ts";
import type { Shown } from "../http/redact.ts";
import { orderState } from "./order-state.ts";

const DELIVERED = new Set(["externaldata"]);

/** What of an order answer is shown. */
export const SHOWN: Shown = {
  values: new Set(
    `id orderId itemId productId categoryId slug name type status state
     quantity price unitPrice totalPrice total amount currency
     error cancelReason isMock isService deliveryType
     paymentProvider paymentStatus paymentMethod
     createdAt updatedAt paidAt completedAt cancelledAt failedAt expiresAt paymentExpiresAt`
      .split(/\s+/)
      .map(plainName),
  ),
  containers: new Set(["items", "product"]),
  codes: DELIVERED,
};

/** What is hidden wherever else it is repeated. */
export const hiddenWith = (apiKey: string): Hidden => ({
  codeFields: DELIVERED,
  isStateWord: (text) => orderState(text) !== "unknown",
  secrets: [apiKey],
});
