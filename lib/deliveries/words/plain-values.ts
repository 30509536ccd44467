import type { MessageLanguage } from "../channels/fields-schema.ts";

const LOCALES = { en: "en-GB", hi: "hi-IN" } as const satisfies Record<MessageLanguage, string>;

/** To the minute and in UTC: readers of a mail live wherever they live. */
export function timeOf(iso: string, language: MessageLanguage): string {
  const time = new Date(iso);
  if (iso === "" || Number.isNaN(time.getTime())) return "";
  const format = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat(LOCALES[language], format).format(time)} UTC`;
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** How long, in the largest unit that fits; rounded down, so that "3 minutes" are at least three. */
export function spanOf(ms: number, language: MessageLanguage): string {
  const [unit, unitMs] = UNITS.find(([, each]) => ms >= each) ?? ["second", 1_000];
  const format = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(Math.floor(ms / unitMs));
}

/** Names and texts as they are; nothing for what a person couldn't read. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
