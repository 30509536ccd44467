import { createHmac } from "node:crypto";

export type Signed = {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
};

/**
 * Headers of Standard Webhooks 1.0 for one try: the id is the message's at each, the time is the try's. Signed with
 * each secret (`whsec_…`), so that receivers can change over one after the other.
 */
export function signWebhook(
  message: { id: string; body: string },
  at: Date,
  secrets: string[],
): Signed {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const signed = createHmac("sha256", key).update(`${message.id}.${seconds}.${message.body}`);
    return `v1,${signed.digest("base64")}`;
  });
  return {
    "webhook-id": message.id,
    "webhook-timestamp": seconds,
    "webhook-signature": signatures.join(" "),
  };
}
