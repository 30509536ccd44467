/**
 * The arguments of an ICU message, as sorted `name:type` texts (`kind:select`, `name:value`) and
 * `<tag>` names. A plural counts as a plain value: one language may need it where the other doesn't.
 * Throws where the braces don't match. Enough of ICU to compare two translations.
 */
export function icuArguments(message: string): string[] {
  const found = new Set<string>();
  const end = readText(message, 0, false, found);
  if (end !== message.length) throw new Error("a brace closes that was never opened");
  for (const [, tag] of withoutQuoted(message).matchAll(/<([a-zA-Z]\w*)>/g)) found.add(`<${tag}>`);
  return [...found].sort();
}

const quoted = /'[{}<>][^']*'|''/g;

function withoutQuoted(message: string): string {
  return message.replace(quoted, (text) => " ".repeat(text.length));
}

/** Reads text from `at` to its end, or to the closing brace when `nested`; returns the place. */
function readText(message: string, at: number, nested: boolean, found: Set<string>): number {
  const text = withoutQuoted(message);
  let place = at;
  while (place < text.length) {
    if (text[place] === "{") place = readArgument(text, place + 1, found);
    else if (text[place] === "}") {
      if (nested) return place;
      throw new Error("a brace closes that was never opened");
    } else place += 1;
  }
  if (nested) throw new Error("a brace is never closed");
  return place;
}

/** Reads an argument whose brace opened just before `at`; returns the place after its end. */
function readArgument(text: string, at: number, found: Set<string>): number {
  const head = /^\s*(\w+)\s*(?:,\s*(\w+)\s*)?(,|\})/.exec(text.slice(at));
  if (!head) throw new Error(`not an argument: ${text.slice(at, at + 20)}`);
  const [whole, name, type = "value", after] = head;
  found.add(`${name}:${type === "plural" ? "value" : type}`);
  let place = at + whole.length;
  if (after === "}") return place;
  // A style (`, percent}`) or the cases of plural and select, each with a text of its own.
  while (place < text.length && text[place] !== "}") {
    if (text[place] === "{") place = readText(text, place + 1, true, found) + 1;
    else place += 1;
  }
  if (place >= text.length) throw new Error("a brace is never closed");
  return place + 1;
}
