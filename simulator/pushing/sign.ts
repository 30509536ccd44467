import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";

export const schemes = ["hmac", "standard"] as const;
export type Scheme = (typeof schemes)[number];

/** The headers that prove a message: `x-signature: sha256=…`, or those of Standard Webhooks. */
export function signed(
  scheme: Scheme,
  { id, body, at }: { id: string; body: string; at: Date },
  secret: string,
): Record<string, string> {
  if (scheme === "hmac") {
    const hmac = createHmac("sha256", secret).update(body).digest("hex");
    return { "x-signature": `sha256=${hmac}` };
  }
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}
