import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AlertKind } from "../alert-policy.ts";
import type { RunbookLocale } from "./types.ts";

const read = new Map<string, Promise<string>>();

/**
 * The runbook that comes with Keyhold. Read from where the process was started, as everything that isn't code:
 * in a bundle a file's own place says nothing (`outputFileTracingIncludes` of next.config.mjs brings them along).
 */
export function shippedRunbook(kind: AlertKind, locale: RunbookLocale): Promise<string> {
  const name = `${locale}/${kind}`;
  const known = read.get(name);
  if (known) return known;
  const path = join(process.cwd(), "lib", "alerts", "runbooks", locale, `${kind}.md`);
  const text = readFile(path, "utf8").then((markdown) => markdown.trim());
  // One that could not be read is tried again.
  text.catch(() => read.delete(name));
  read.set(name, text);
  return text;
}
