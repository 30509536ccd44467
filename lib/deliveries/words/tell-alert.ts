/** An alert in sentences, as the console tells it. */
import { formatMessage } from "#i18n/format-message.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { type Fact, factsOf } from "#lib/signals/fact-forms.ts";
import type { SignalData } from "#lib/signals/types.ts";
import type { Message } from "../channel.ts";
import type { MessageLanguage } from "../channels/fields-schema.ts";
import { consoleWords } from "./console-words.ts";
import { spanOf, textOf, timeOf } from "./plain-values.ts";
import { WORDS, type Words } from "./words.ts";

type Data = Message["payload"]["data"];
type Labelled = { label: string; value: string };

/** What is wrong, and what will break if nobody does anything; nothing of what is over, or of a kind that we don't know. */
export function alertStory(type: string, data: Data, language: MessageLanguage): string[] {
  const { kind, detail } = consoleWords(language);
  const key = textOf(data.key);
  const said = Object.hasOwn(kind, key) ? kind[key] : undefined;
  if (!said || type === "alert.resolved") return [];
  const values = { name: nameOf(data, language), orders: ordersOf(data) };
  return [
    formatMessage(said.what, language, values),
    `${detail.risk} ${formatMessage(said.risk, language, values)}`,
  ];
}

/** Whom it is about and who is told, then what was found, each by its name and in words. */
export function alertFacts(data: Data, language: MessageLanguage): Labelled[] {
  const { labels, step } = WORDS[language];
  const { policy } = data;
  return [
    { label: labels.about, value: aboutOf(data) },
    { label: labels.supplier, value: textOf(data.supplier) },
    { label: labels.orders, value: isMany(data) ? String(ordersOf(data)) : "" },
    {
      label: labels.told,
      value: policy ? step(textOf(policy), textOf(data.step), textOf(data.steps)) : "",
    },
    ...found(data, language),
    { label: labels.opened, value: timeOf(textOf(data.openedAt), language) },
  ];
}

/** What has no words is nobody's to read; of a group it would be that of one order among many. */
function found(data: Data, language: MessageLanguage): Labelled[] {
  if (isMany(data)) return [];
  const names = consoleWords(language).detail.fact;
  return factsOf(textOf(data.key), (data.data ?? {}) as SignalData).map((fact) => ({
    label: names[fact.name] ?? "",
    value: factText(fact, language),
  }));
}

/** What it is about, where that has a name: of ids only an order's is one that readers can look for. */
function aboutOf(data: Data): string {
  if (data.about) return textOf(data.about);
  const subject = textOf(data.subject);
  return isMany(data) || (isUuid(subject) && subject !== data.orderId) ? "" : subject;
}

/** With how many more the same message tells of. */
export function aboutAll(data: Data, words: Words): string {
  const about = textOf(data.about);
  const alike = alikeOf(data);
  if (alike === 0) return about;
  return about ? words.andMore(about, alike) : `${1 + alike} ×`;
}

const alikeOf = ({ alike }: Data): number => (typeof alike === "number" ? alike : 0);

const isMany = (data: Data): boolean => data.isGroup === true || alikeOf(data) > 0;

function ordersOf(data: Data): number {
  const { isGroup, standing } = data;
  if (isGroup === true && typeof standing === "number") return Math.max(1, standing);
  return 1 + alikeOf(data);
}

const nameOf = (data: Data, language: MessageLanguage): string =>
  aboutOf(data) || textOf(data.supplier) || WORDS[language].somebody;

function factText(fact: Fact, language: MessageLanguage): string {
  const { part, ms, why } = consoleWords(language).detail;
  switch (fact.form) {
    case "text":
    case "id":
      return fact.value;
    case "quote":
      return `“${fact.value}”`;
    case "order":
      return fact.id;
    case "why":
      return why[fact.value] ?? "";
    case "number":
      return String(fact.value);
    case "part":
      return formatMessage(part, language, { value: fact.value, of: fact.of });
    case "span":
      return fact.ms < 2_000
        ? formatMessage(ms, language, { ms: fact.ms })
        : spanOf(fact.ms, language);
    case "instant":
      return timeOf(fact.at, language);
    case "money":
      return `${fact.amount} ${fact.currency}`;
  }
}
