/**
 * Where code names messages: `exact` are whole keys that must exist; `prefixes` begin a key that
 * ends in something dynamic, or with a leading `=` are whole keys that may exist.
 */
export type Uses = { exact: Use[]; prefixes: Set<string> };
export type Use = { key: string; line: number };

/**
 * Finds the keys that a source file names: `t("a.b")`, `t.rich("a")`, ``t(`status.${x}`)`` and
 * `t(on ? "a" : "b")` on any translator of the file, and whole keys in other strings (`labelKey:
 * "orders.title"`). What no scan can see is declared in a comment: `i18n-use: orders.reason.*`.
 * @param namespaces whose whole keys are recognised in plain strings
 */
export function scanUses(source: string, namespaces: readonly string[]): Uses {
  const uses: Uses = { exact: [], prefixes: new Set() };
  const declared = translators(source);
  for (const name of new Set(declared.map((one) => one.name))) {
    const call = new RegExp(`(?<![\\w.$])${name}(?:\\.(?:rich|markup|raw|has))?\\(`, "g");
    for (const { index, 0: head } of source.matchAll(call)) {
      // One name may stand for several namespaces in one file: the nearest above is meant.
      const scope = declared.findLast((one) => one.name === name && one.index < index)?.scope;
      if (scope === undefined) continue;
      const argument = firstArgument(source, index + head.length);
      for (const { text, open } of literals(argument)) {
        const key = scope ? `${scope}.${text}` : text;
        if (open) uses.prefixes.add(key);
        else uses.exact.push({ key, line: lineOf(source, index) });
      }
    }
  }
  const whole = new RegExp(`["'\`]((?:${namespaces.join("|")})\\.[\\w.-]+)["'\`]`, "g");
  // File names and query keys look alike: these count as uses, and are never reported as missing.
  for (const [, key = ""] of source.matchAll(whole)) uses.prefixes.add(`=${key}`);
  for (const [, key = ""] of source.matchAll(/i18n-use:\s*([\w.*-]+)/g)) {
    uses.prefixes.add(key.endsWith("*") ? key.slice(0, -1) : `=${key}`);
  }
  return uses;
}

/** Variables that hold a translator, in order, each with its namespace ("" for none). */
function translators(source: string): { name: string; scope: string; index: number }[] {
  const found =
    /(?:const|let)\s+(\w+)\s*=\s*(?:await\s+)?(?:useTranslations|getTranslations)\(\s*(?:["'`]([\w.]+)["'`])?\s*\)/g;
  return [...source.matchAll(found)].map(({ index, 1: name = "", 2: scope = "" }) => ({
    name,
    scope,
    index,
  }));
}

/** The text of a call's first argument, to its comma or closing parenthesis. */
function firstArgument(source: string, from: number): string {
  let depth = 0;
  for (let place = from; place < source.length; place += 1) {
    const sign = source[place] ?? "";
    if ("([{".includes(sign)) depth += 1;
    else if (")]}".includes(sign)) {
      if (depth === 0) return source.slice(from, place);
      depth -= 1;
    } else if (sign === "," && depth === 0) return source.slice(from, place);
  }
  return source.slice(from);
}

/** The string literals of an expression; `open` for the fixed beginning of a template. */
function literals(argument: string): { text: string; open: boolean }[] {
  const found: { text: string; open: boolean }[] = [];
  for (const [, quoted, template] of argument.matchAll(/"([^"\n]+)"|`([^`]+)`/g)) {
    // `state === "busy" ? …` compares; it doesn't name a message.
    if (quoted !== undefined && !isCompared(argument, quoted)) {
      found.push({ text: quoted, open: false });
    }
    if (template !== undefined) {
      const [fixed = "", ...rest] = template.split("${");
      found.push({ text: fixed, open: rest.length > 0 });
    }
  }
  return found;
}

function isCompared(argument: string, text: string): boolean {
  return new RegExp(`[=!]==?\\s*"${text.replace(/[.*+?^$()[\]{}|\\]/g, "\\$&")}"`).test(argument);
}

function lineOf(source: string, index: number): number {
  return source.slice(0, index).split("\n").length;
}
