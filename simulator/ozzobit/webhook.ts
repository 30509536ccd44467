import { createCipheriv, createHmac, randomBytes } from "node:crypto";
import { request } from "undici";
import type { Faults } from "./faults.ts";
import type { Order } from "./order-book.ts";

export type Target = { url: string; secret: string };

/** One try at sending: 0 where nobody answered. */
export type Sent = { event: string; orderId: string; status: number };

const EVENTS: Record<string, string> = {
  CREATED: "ORDER_CREATED",
  PROCESSING: "ORDER_PROCESSING",
  COMPLETED: "ORDER_COMPLETED",
  FAILED: "ORDER_FAILED",
  CANCELLED: "ORDER_CANCELLED",
  AWAITING_PAYMENT_FROM_USER: "AWAITING_PAYMENT_FROM_USER",
  PENDING_DELIVERY_FROM_OZZOBIT: "PENDING_DELIVERY_FROM_OZZOBiT",
};

export const eventOf = (status: string): string => EVENTS[status] ?? "ORDER_PROCESSING";

/** The body and headers of a message, as one of the two papers has it. */
export function signedMessage(
  content: unknown,
  secret: string,
  { form, wrongSignature }: Pick<Faults["webhook"], "form" | "wrongSignature">,
): { body: string; headers: Record<string, string> } {
  const text = JSON.stringify(content);
  const payload = form === "plain" ? null : encrypt(text, secret);
  const body = payload === null ? text : JSON.stringify({ payload });
  const signed = form === "aes-payload" && payload !== null ? payload : body;
  const key = wrongSignature ? `${secret} not` : secret;
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-OZZOBiT-signature": createHmac("sha256", key).update(signed).digest("hex"),
    },
  };
}

/** AES-256-GCM under the secret's bytes, padded with the character 0 from the left and cut at 32. */
function encrypt(text: string, secret: string): string {
  const bytes = Buffer.from(secret, "utf8");
  const key = Buffer.concat([Buffer.alloc(Math.max(0, 32 - bytes.length), "0"), bytes]).subarray(
    0,
    32,
  );
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: 16 });
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

/** Sends once. The supplier's three further tries are left out: nothing may count on them. */
export async function sendWebhook(
  order: Order,
  target: Target,
  faults: Faults["webhook"],
): Promise<Sent[]> {
  if (faults.lose) return [];
  const data = faults.unknownOrder ? { ...order, id: "oz-unknown", partnerOrderId: null } : order;
  const content = { eventName: eventOf(order.status), data, timestamp: order.updatedAt };
  const { body, headers } = signedMessage(content, target.secret, faults);
  const sent: Sent[] = [];
  for (let time = 0; time < (faults.twice ? 2 : 1); time++) {
    const status = await post(target.url, body, headers);
    sent.push({ event: content.eventName, orderId: order.id, status });
  }
  return sent;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  try {
    const answer = await request(url, { method: "POST", body, headers, bodyTimeout: 10_000 });
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return 0;
  }
}
