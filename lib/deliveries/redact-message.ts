import type { Message } from "./channel.ts";
import { spellingsOf, wordsOf } from "./spellings.ts";

const MASK = "[redacted]";
/** Shorter ones occur in any text by chance; they are hidden where nothing else stands around them. */
const SHORTEST_ANYWHERE = 4;
const SHORTEST_LINK_SECRET = 16;

type Data = Message["payload"]["data"];
type Claim = { url: string; expiresAt: string };
export type CarriedItem = {
  productName?: unknown;
  quantity?: unknown;
  codes?: unknown;
};

/** The claim link that the message carries, if its endpoint is told one. */
export function claimOf(data: Data): Claim | null {
  const claim = data.claim as Partial<Claim> | null | undefined;
  return typeof claim?.url === "string"
    ? { url: claim.url, expiresAt: String(claim.expiresAt ?? "") }
    : null;
}

export const itemsOf = (data: Data): CarriedItem[] =>
  Array.isArray(data.items)
    ? data.items.filter((item): item is CarriedItem => typeof item === "object" && item !== null)
    : [];

/** As it may be kept and shown: codes are their number only, and the claim link leads nowhere. */
export function redactMessage(message: Message): Message {
  const { data } = message.payload;
  const hasCodes = itemsOf(data).some(({ codes }) => Array.isArray(codes));
  if (!hasCodes && !claimOf(data)) return message;
  const payload = {
    ...message.payload,
    data: {
      ...data,
      ...(claimOf(data) ? { claim: { ...(data.claim as Claim), url: MASK } } : {}),
      ...(Array.isArray(data.items)
        ? {
            items: itemsOf(data).map((item) =>
              Array.isArray(item.codes) ? { ...item, codes: item.codes.length } : item,
            ),
          }
        : {}),
    },
  };
  return { ...message, payload, body: JSON.stringify(payload) };
}

/** Everything in a message that nobody may find in a log or list. */
export function materialIn(message: Message): string[] {
  const { data } = message.payload;
  const claim = claimOf(data);
  const codes = itemsOf(data).flatMap(({ codes }) =>
    Array.isArray(codes) ? codes.flatMap(textsIn) : [],
  );
  return claim ? [...linkParts(claim.url), ...codes] : codes;
}

/** A link, and what opens it wherever it stands. */
function linkParts(url: string): string[] {
  const secret = url.split(/[/#?=]/).findLast((part) => part.length >= SHORTEST_LINK_SECRET);
  return secret ? [url, secret] : [url];
}

/** Of a code: what names it, and what is no secret by itself. */
const HARMLESS = new Set(["codeId", "label", "expiry"]);

function textsIn(code: unknown): string[] {
  if (typeof code === "string") return [code];
  if (typeof code !== "object" || code === null) return [];
  return Object.entries(code).flatMap(([name, value]) =>
    HARMLESS.has(name) ? [] : textsIn(value),
  );
}

/** What the other side said, or an error did, without what it may have repeated of ours. */
export function hideTexts(text: string, secrets: readonly string[]): string {
  const spelt = secrets
    // Most answers are "ok", and shorter than whatever they could repeat: no spelling shortens.
    .filter((secret) => secret.length <= text.length && secret.trim().length > 0)
    .flatMap(wordsOf)
    .flatMap(spellingsOf)
    // A secret inside another one must not leave the rest of that to be seen.
    .sort((left, right) => right.length - left.length);
  return [...new Set(spelt)].reduce(hideOne, text);
}

function hideOne(text: string, secret: string): string {
  if (secret.length >= SHORTEST_ANYWHERE) return text.replaceAll(secret, MASK);
  const quoted = secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, "gu"), MASK);
}
