import type { Message } from "../channel.ts";
import { claimOf } from "../redact-message.ts";
import { scalarsOf, type Told, tellMessage } from "../words/tell-message.ts";
import type { TelegramConfig } from "./telegram-schema.ts";

/** Of one message, in UTF-16 units; Telegram counts like that. */
const LONGEST = 4096;

export type TelegramText = { parts: string[]; buttons: { text: string; url: string }[] };

/**
 * A message as texts of at most 4,096 characters, the last with the buttons. Long lists of codes make it several;
 * nothing is left out.
 */
export function telegramText(config: TelegramConfig, message: Message): TelegramText {
  const told = tellMessage(message, config.language);
  const written =
    config.template === undefined ? standard(told) : fill(config.template, told, message);
  const links = told.links.map(({ label, url }) => ({ text: label, url, fits: fitsButton(url) }));
  const inText = links.filter(({ url, fits }) => !fits && !written.includes(url));
  const text = [written, ...inText.map((link) => `${link.text}: ${link.url}`)].join("\n\n");
  return {
    parts: split(text),
    buttons: links.filter(({ fits }) => fits).map(({ text, url }) => ({ text, url })),
  };
}

const standard = (told: Told): string =>
  [told.title, ...told.story, told.text, detailsOf(told), codesOf(told)]
    .filter(Boolean)
    .join("\n\n");

function detailsOf({ facts }: Told): string {
  return facts
    .map(({ label, value }) =>
      value.includes("\n") ? `${label}:\n${value}` : `${label}: ${value}`,
    )
    .join("\n");
}

const codesOf = ({ codes }: Told): string =>
  codes.map(({ product, values }) => [product, ...values].join("\n")).join("\n\n");

/** Each {name} once, in one pass: what is filled in is never a template itself. */
function fill(template: string, told: Told, message: Message): string {
  const { id, type, data } = message.payload;
  const texts: Record<string, string> = {
    ...scalarsOf(data),
    id,
    type,
    title: told.title,
    story: told.story.join("\n\n"),
    details: detailsOf(told),
    codes: codesOf(told),
    time: told.facts.at(-1)?.value ?? "",
    claimUrl: claimOf(data)?.url ?? "",
    url: message.consoleUrl ?? "",
  };
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(texts, name) ? (texts[name] ?? "") : "",
  );
  return filled.trim() === "" ? told.title : filled;
}

/** Telegram refuses buttons that lead to a name without a dot, such as localhost. */
function fitsButton(url: string): boolean {
  return URL.canParse(url) && /[^.]\.[^.]/.test(new URL(url).hostname);
}

/** At line ends where there are any. */
function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > LONGEST) {
    const lineEnd = rest.lastIndexOf("\n", LONGEST);
    const end = lineEnd > 0 ? lineEnd : endBefore(rest, LONGEST);
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...parts, rest].filter((part) => part !== "");
}

/** Never between the halves of a character. */
const endBefore = (text: string, end: number): number =>
  /[\uDC00-\uDFFF]/.test(text.charAt(end)) ? end - 1 : end;
