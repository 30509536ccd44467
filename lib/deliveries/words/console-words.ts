import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MessageLanguage } from "../channels/fields-schema.ts";

/** What the console says of alerts, as ICU messages (`#i18n/format-message.ts`). */
export type ConsoleWords = {
  kind: Record<string, { what: string; risk: string }>;
  detail: {
    risk: string;
    part: string;
    ms: string;
    why: Record<string, string>;
    fact: Record<string, string>;
  };
};

const read = new Map<MessageLanguage, ConsoleWords>();

/**
 * Of the very messages of the console, so that one alert is never told in two ways. Read from where the process was
 * started, once: imported, Next's build would have made something else of them (`outputFileTracingIncludes` of
 * next.config.mjs brings them along).
 */
export function consoleWords(language: MessageLanguage): ConsoleWords {
  const known = read.get(language);
  if (known) return known;
  const path = join(process.cwd(), "i18n", "messages", language, "alerts.json");
  const words = JSON.parse(readFileSync(path, "utf8")) as ConsoleWords;
  read.set(language, words);
  return words;
}
