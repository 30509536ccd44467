import type { Json } from "#lib/platform/json.ts";
import { parseJson } from "#lib/suppliers/http/parse-json.ts";
import type { News } from "#lib/suppliers/inbound.ts";

const MASK = "••••";
const LONGEST_TEXT = 2_000;
const MOST_VALUES = 2_000;

/**
 * A message as people may see it. Where a code stands, only its own adapter knows, and that may be set up wrongly:
 * so everything is masked but what was read as a word, an id or a time, and what can be no code. What was read as an
 * order is shown as the adapter itself redacted it.
 */
export function maskBody(raw: Buffer, news: News): Json {
  if (news.kind === "order" && news.order !== null) return news.order.redacted;
  const text = raw.toString("utf8");
  const parsed = parseJson(text);
  if (!parsed.ok) return text.slice(0, LONGEST_TEXT).replace(/[\p{L}\p{M}\p{N}]/gu, "•");
  const shown = knownTexts(news);
  let left = MOST_VALUES;

  function mask(value: Json): Json {
    left -= 1;
    if (left < 0) return "…";
    if (value === null || typeof value === "boolean") return value;
    if (Array.isArray(value)) return value.map((one) => mask(one));
    if (typeof value === "object") {
      // A key may be a code, too, where somebody sends them so; and `__proto__` is a name like any other.
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [nameOf(key), mask(one)]),
      );
    }
    return shown.has(String(value)) || isTime(String(value)) ? value : MASK;
  }
  return mask(parsed.json);
}

/** Names are words; what could be a code isn't shown, nor what is spelt in capitals as most of them are. */
const nameOf = (key: string): string =>
  key.length <= 40 && /^(?=.*[a-z])[A-Za-z_$]+[0-9]?$/.test(key) ? key : MASK;

const isTime = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text);

function knownTexts(news: News): Set<string> {
  switch (news.kind) {
    case "order": {
      const { event, eventId, reference, supplierOrderId, status } = news;
      return texts(event, eventId, reference, supplierOrderId, status);
    }
    case "balance":
      return texts(news.event, news.eventId, news.currency, news.available);
    case "nothing":
      return texts(news.event, news.eventId);
    case "unreadable":
      return texts();
  }
}

const texts = (...all: (string | null)[]): Set<string> =>
  new Set(all.filter((text) => text !== null));
