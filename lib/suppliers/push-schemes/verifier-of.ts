import { sameSecret } from "#lib/platform/constant-time.ts";
import type { Inbound, InboundHeaders, Verdict } from "../inbound.ts";
import { hmacMatches } from "./hmac.ts";
import type { PushScheme } from "./push-scheme.ts";
import { isPublicKey, readPublicKeys, rsaMatches } from "./rsa.ts";
import { verifyStandardWebhooks } from "./standard-webhooks.ts";
import { verifyStripe } from "./stripe.ts";

/**
 * Tells whether a message is the supplier's, by the bytes as they came. Without a secret none is.
 * No scheme but Standard Webhooks signs an id of the message, and only it and Stripe's a time: with the others, who
 * has seen a message can send it again, and only its being known already (`dedupe_key`) keeps it from counting twice.
 * @param secrets any of them proves it, so that one can take over from another
 */
export function verifierOf(scheme: PushScheme, secrets: readonly string[]): Inbound["verify"] {
  const usable = secrets.filter((secret) => secret.trim() !== "" && fitsScheme(scheme, secret));
  if (usable.length === 0) return refuseAll;
  switch (scheme.scheme) {
    case "standard_webhooks":
      return (raw, headers, now) => verifyStandardWebhooks(raw, headers, usable, now);
    case "stripe":
      return (raw, headers, now) => verifyStripe(scheme.header, raw, headers, usable, now);
    case "hmac_sha256": {
      const { prefix, encoding } = scheme;
      return (raw, headers) =>
        judge(scheme, headers, (given) => {
          if (!given.startsWith(prefix)) return false;
          return hmacMatches([raw], given.slice(prefix.length), usable, encoding);
        });
    }
    case "fixed_secret":
      return (_raw, headers) =>
        judge(
          scheme,
          headers,
          (given) => usable.filter((secret) => sameSecret(given, secret)).length > 0,
        );
    case "rsa_sha256": {
      const keys = usable.flatMap(readPublicKeys);
      return (raw, headers) => judge(scheme, headers, (given) => rsaMatches(raw, given, keys));
    }
  }
}

/**
 * Whether a secret can prove anything by a scheme: what was kept for another may not. A public key in the place of
 * a secret would let everybody sign who has seen it.
 */
export function fitsScheme({ scheme }: PushScheme, secret: string): boolean {
  return scheme === "rsa_sha256" ? readPublicKeys(secret).length > 0 : !isPublicKey(secret);
}

const refuseAll = (): Verdict => ({ kind: "refused", why: "no_secret" });

/** Of schemes that sign the body alone, in one header. */
function judge(
  { scheme, header }: { scheme: PushScheme["scheme"]; header: string },
  headers: InboundHeaders,
  matches: (given: string) => boolean,
): Verdict {
  const given = headers.get(header);
  if (!given) return { kind: "refused", why: "unsigned" };
  if (!matches(given)) return { kind: "refused", why: "bad_signature" };
  return { kind: "verified", scheme, messageId: null };
}
