import type { InboundHeaders, Verdict } from "../inbound.ts";
import { hmacMatches } from "./hmac.ts";
import { isFresh } from "./signed-time.ts";

const MOST_PARTS = 16;
const PART = /^[a-z0-9]+=[^=]+$/;

/** `t=<seconds>,v1=<hex>[,v1=<hex>…]`, signed are the seconds, a full stop and the body. */
export function verifyStripe(
  header: string,
  raw: Buffer,
  headers: InboundHeaders,
  secrets: readonly string[],
  now: Date,
): Verdict {
  const value = headers.get(header);
  if (!value) return { kind: "refused", why: "unsigned" };
  const parts = value.split(",");
  const named = (name: string) =>
    parts.flatMap((part) => (part.startsWith(`${name}=`) ? [part.slice(name.length + 1)] : []));
  const [seconds, ...otherTimes] = named("t");
  const isSpelt = parts.length <= MOST_PARTS && parts.every((part) => PART.test(part));
  // Two times could be one that is signed and one that is fresh.
  if (!isSpelt || seconds === undefined || otherTimes.length > 0) {
    return { kind: "refused", why: "bad_signature" };
  }
  const matches = named("v1").some((given) =>
    hmacMatches([`${seconds}.`, raw], given, secrets, "hex"),
  );
  const fresh = isFresh(seconds, now);
  if (!matches || fresh === null) return { kind: "refused", why: "bad_signature" };
  if (!fresh) return { kind: "refused", why: "too_old" };
  return { kind: "verified", scheme: "stripe", messageId: null };
}
