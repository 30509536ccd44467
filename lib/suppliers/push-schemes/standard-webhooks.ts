import type { InboundHeaders, Verdict } from "../inbound.ts";
import { hmacMatches } from "./hmac.ts";
import { isFresh } from "./signed-time.ts";

const NAMES = ["webhook", "svix"] as const;
/** While secrets are exchanged there are two; a header full of them is no sender's. */
const MOST_SIGNATURES = 16;

/** Standard Webhooks 1.0, symmetric; its id is the same at every try of a message. */
export function verifyStandardWebhooks(
  raw: Buffer,
  headers: InboundHeaders,
  secrets: readonly string[],
  now: Date,
): Verdict {
  const keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ""), "base64"));
  if (keys.every(({ length }) => length === 0)) return { kind: "refused", why: "no_secret" };
  // The three of one name: a mixture is nobody's.
  const name = NAMES.find((one) => headers.get(`${one}-signature`) !== null) ?? "webhook";
  const id = headers.get(`${name}-id`);
  const seconds = headers.get(`${name}-timestamp`);
  const signatures = headers.get(`${name}-signature`);
  if (!id || !seconds || !signatures) return { kind: "refused", why: "unsigned" };
  const given = signatures.split(" ");
  const matches =
    given.length <= MOST_SIGNATURES &&
    given.some((one) => {
      const [version, signature, ...rest] = one.split(",");
      if (version !== "v1" || signature === undefined || rest.length > 0) return false;
      return hmacMatches([`${id}.${seconds}.`, raw], signature, keys, "base64");
    });
  const fresh = isFresh(seconds, now);
  if (!matches || fresh === null) return { kind: "refused", why: "bad_signature" };
  if (!fresh) return { kind: "refused", why: "too_old" };
  return { kind: "verified", scheme: "standard_webhooks", messageId: id };
}
