import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { icuArguments } from "#i18n/icu-arguments.ts";
import { defaultLocale, locales } from "#i18n/locales.ts";
import { sameInHindi } from "#i18n/same-in-hindi.ts";
import { scanUses } from "#i18n/scan-uses.ts";

/*
 * Holds the message files together: every key in every language, with the same arguments, no empty
 * text, nothing left in English, every key used, every used key there. Run it with
 * `node --import tsx i18n/check-messages.ts`; it ends with 1 and a line a problem.
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "i18n/messages");
const problems: string[] = [];
const report = (file: string, key: string, what: string) =>
  problems.push(`${file}: ${key}: ${what}`);

type Texts = Map<string, string>;

const namespaces = jsonNames(defaultLocale);
const texts = new Map(locales.map((locale) => [locale, readLocale(locale)]));
const english = texts.get(defaultLocale) ?? new Map<string, string>();

for (const locale of locales) checkLocale(locale, texts.get(locale) ?? new Map());
checkCatalog();
checkUses();

if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n\n${problems.length} problems in messages\n`);
  process.exit(1);
}
process.stdout.write(`${english.size} messages in ${locales.length} languages, all in order\n`);

function jsonNames(locale: string): string[] {
  return readdirSync(join(folder, locale))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

function readLocale(locale: string): Texts {
  const found: Texts = new Map();
  for (const name of jsonNames(locale)) {
    const file = `i18n/messages/${locale}/${name}.json`;
    flatten(JSON.parse(readFileSync(join(root, file), "utf8")), name, file, found);
  }
  return found;
}

function flatten(value: unknown, key: string, file: string, into: Texts): void {
  if (typeof value === "string") into.set(key, value);
  else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) flatten(inner, `${key}.${name}`, file, into);
  } else report(file, key, "is neither text nor a group of texts");
}

function checkLocale(locale: string, own: Texts): void {
  const fileOf = (key: string) => `i18n/messages/${locale}/${key.split(".")[0]}.json`;
  for (const [key, text] of own) {
    const source = english.get(key);
    if (text.trim() === "") report(fileOf(key), key, "is empty");
    if (source === undefined) report(fileOf(key), key, "does not exist in English");
    else compare(fileOf(key), key, source, text);
    if (locale !== defaultLocale && text === source && !sameInHindi.includes(key)) {
      report(fileOf(key), key, "is still English (or belongs into i18n/same-in-hindi.ts)");
    }
  }
  for (const key of english.keys()) if (!own.has(key)) report(fileOf(key), key, "is missing");
}

function compare(file: string, key: string, source: string, text: string): void {
  try {
    const wanted = icuArguments(source).join(", ");
    const got = icuArguments(text).join(", ");
    if (wanted !== got) report(file, key, `has arguments (${got}), English has (${wanted})`);
  } catch (error) {
    report(file, key, error instanceof Error ? error.message : String(error));
  }
}

function checkCatalog(): void {
  const source = readFileSync(join(root, "i18n/catalog.ts"), "utf8");
  for (const locale of locales) {
    for (const name of new Set([...namespaces, ...jsonNames(locale)])) {
      if (!source.includes(`./messages/${locale}/${name}.json`)) {
        report("i18n/catalog.ts", name, `does not load i18n/messages/${locale}/${name}.json`);
      }
    }
  }
}

function checkUses(): void {
  const exact = new Set<string>();
  const prefixes = new Set<string>();
  for (const file of sourceFiles()) {
    const uses = scanUses(readFileSync(join(root, file), "utf8"), namespaces);
    for (const prefix of uses.prefixes) prefixes.add(prefix);
    for (const { key, line } of uses.exact) {
      exact.add(key);
      const group = [...english.keys()].some((known) => known.startsWith(`${key}.`));
      if (!english.has(key) && !group) report(`${file}:${line}`, key, "is used but does not exist");
    }
  }
  const used = (key: string) =>
    exact.has(key) ||
    prefixes.has(`=${key}`) ||
    [...prefixes].some((prefix) => !prefix.startsWith("=") && key.startsWith(prefix));
  for (const key of english.keys()) {
    const file = `i18n/messages/${defaultLocale}/${key.split(".")[0]}.json`;
    if (!used(key)) report(file, key, "is used nowhere");
  }
}

function sourceFiles(): string[] {
  return ["app", "components", "lib"].flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.test|\.d)\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  );
}
