import { createHmac } from "node:crypto";
import type { Message } from "../world/send.ts";

export const SLUG = "foxreload";
export const SECRET = "a secret that both sides of the bench know";
export const HEADER = "x-signature";
export const PREFIX = "sha256=";

/** As a supplier's guide has them: first that the order was taken, then that it is fulfilled, with its code. */
export function messagesOf(orderIds: readonly string[]): Message[] {
  return orderIds.flatMap((id) => [
    message(id, "order.created", "processing", []),
    message(id, "order.fulfilled", "completed", [{ code: `BENCH-${id}`, pin: "4711" }]),
  ]);
}

function message(id: string, event: string, status: string, codes: object[]): Message {
  const items = [{ sku: "product_bench", quantity: 1, codes }];
  const body = JSON.stringify({
    event,
    event_id: `${event} ${id}`,
    timestamp: new Date().toISOString(),
    data: { order_id: id, reference: id, status, items },
  });
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  return { body, headers: { "content-type": "application/json", [HEADER]: PREFIX + signature } };
}
