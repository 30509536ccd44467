import type { Message } from "../channel.ts";
import type { MessageLanguage } from "../channels/fields-schema.ts";
import { claimOf, itemsOf } from "../redact-message.ts";
import { textOf, timeOf } from "./plain-values.ts";
import { aboutAll, alertFacts, alertStory } from "./tell-alert.ts";
import { TEST_TYPE, WORDS, type Words } from "./words.ts";

/** A message in words: what mail and Telegram make their texts of. Nothing here is escaped for HTML. */
export type Told = {
  /** One line, never with a code: it is a mail's subject, too. */
  title: string;
  /** What is wrong and what will break, a paragraph each. */
  story: string[];
  facts: { label: string; value: string }[];
  /** For endpoints that get the codes themselves. */
  codes: { product: string; values: string[] }[];
  /** As somebody wrote it, or had it written, for another to read. */
  text: string;
  links: { label: string; url: string }[];
};

type Data = Message["payload"]["data"];

export function tellMessage(message: Message, language: MessageLanguage): Told {
  const words = WORDS[language];
  const { type, data, timestamp } = message.payload;
  const claim = claimOf(data);
  const title = titleOf(type, data, words);
  const links = [
    ...(claim
      ? [{ label: words.openCodes(timeOf(claim.expiresAt, language)), url: claim.url }]
      : []),
    ...(message.consoleUrl ? [{ label: pageLabel(type, words), url: message.consoleUrl }] : []),
  ];
  return {
    title: oneLine(data.isMock === true ? `${words.mock} ${title}` : title),
    story: type.startsWith("alert.") ? alertStory(type, data, language) : [],
    facts: [
      ...factsOf(type, data, words, language),
      { label: words.labels.at, value: timeOf(timestamp, language) },
    ].filter(({ value }) => value !== ""),
    codes: itemsOf(data)
      .map(({ productName, codes }) => ({
        product: textOf(productName),
        values: Array.isArray(codes) ? codes.map(codeText) : [],
      }))
      .filter(({ values }) => values.length > 0),
    text: textIn(type, data, words),
    links,
  };
}

function textIn(type: string, data: Data, words: Words): string {
  if (type === "order.dossier") return textOf(data.text);
  return type === "audit.anchor" ? words.anchorHint(textOf(data.anchor)) : "";
}

const pageLabel = (type: string, words: Words): string => {
  if (type.startsWith("alert.")) return words.openAlert;
  if (type.startsWith("balance.")) return words.openBalance;
  return type.startsWith("order.") ? words.openOrder : words.openConsole;
};

function titleOf(type: string, data: Data, words: Words): string {
  if (type === "order.dossier") return words.dossier(textOf(data.supplierOrderId ?? data.orderId));
  const name = nameOf(type, data, words);
  const first = type === "alert.notice" ? wordOf(words.severities, textOf(data.severity)) : "";
  const title = `${first || wordOf(words.titles, type)}${name ? `: ${name}` : ""}`;
  const about = type.startsWith("alert.") ? aboutAll(data, words) : "";
  return about ? `${title} (${about})` : title;
}

/** What a message is about, as its reader calls it. */
function nameOf(type: string, data: Data, words: Words): string {
  if (type.startsWith("order.")) return textOf(data.clientRef ?? data.orderId);
  if (type.startsWith("balance.")) return textOf(data.supplier);
  if (type.startsWith("alert.")) return wordOf(words.alerts, textOf(data.key));
  return type === TEST_TYPE ? "" : textOf(data.name);
}

function factsOf(
  type: string,
  data: Data,
  words: Words,
  language: MessageLanguage,
): { label: string; value: string }[] {
  const { labels } = words;
  const fact = (label: keyof Words["labels"], value: unknown) => ({
    label: labels[label],
    value: textOf(value),
  });
  // Its text says it all, to somebody who knows nothing of our other words.
  if (type === "order.dossier") return [];
  if (type.startsWith("order.")) {
    return [
      fact("customer", data.customerRef),
      { label: labels.goods, value: goodsOf(data, words) },
      { label: labels.total, value: moneyOf(data.total, data.currency) },
      { label: labels.status, value: wordOf(words.statuses, textOf(data.status)) },
      fact("reason", data.reason),
      fact("supplier", data.supplier),
      fact("supplierOrder", data.supplierOrderId),
      { label: labels.since, value: timeOf(textOf(data.since), language) },
    ];
  }
  if (type.startsWith("balance.")) {
    return [
      { label: labels.available, value: moneyOf(data.available, data.currency) },
      { label: labels.lowAt, value: moneyOf(data.lowAt, data.currency) },
      { label: labels.okAt, value: moneyOf(data.okAt, data.currency) },
    ];
  }
  if (type.startsWith("alert.")) return alertFacts(data, language);
  if (type === "audit.anchor") return [fact("anchor", data.anchor), fact("entries", data.entries)];
  if (type === TEST_TYPE) return [{ label: textOf(data.endpoint), value: words.test }];
  return [
    fact("channel", data.channel),
    { label: labels.reason, value: wordOf(words.disabledWhy, textOf(data.why)) },
    fact("dropped", data.dropped),
  ];
}

function goodsOf(data: Data, words: Words): string {
  return itemsOf(data)
    .map(({ productName, quantity, codes }) => {
      const got = Array.isArray(codes) ? codes.length : codes;
      const arrived =
        typeof got === "number" && typeof quantity === "number" && got > 0
          ? ` (${words.arrived(got, quantity)})`
          : "";
      return `${textOf(quantity)} × ${textOf(productName)}${arrived}`;
    })
    .join("\n");
}

const wordOf = (words: Record<string, string>, key: string): string =>
  Object.hasOwn(words, key) ? (words[key] ?? key) : key.replaceAll("_", " ");

/** With its unit; empty where nobody knows it. */
const moneyOf = (amount: unknown, currency: unknown): string =>
  amount === null || amount === undefined ? "" : `${textOf(amount)} ${textOf(currency)}`.trim();

function codeText(code: unknown): string {
  if (typeof code === "string") return code;
  const { value } = (code ?? {}) as { value?: unknown };
  return textOf(value);
}

/** The fields of an object that fit into a line. */
export function scalarsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]): [string, string] => [name, textOf(field)])
      .filter(([, text]) => text !== ""),
  );
}

const LONGEST_TITLE = 150;

function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length > LONGEST_TITLE
    ? `${line.slice(0, LONGEST_TITLE - 1).replace(/\p{Cs}/gu, "")}…`
    : line;
}
