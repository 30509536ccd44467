type Values = Record<string, string | number>;
type Reading = { message: string; locale: string; values: Values };

/**
 * Puts values into an ICU message, for mail and chat, which are written where there is neither next-intl nor what its
 * build makes of messages. Enough of ICU for what they say: values and plurals, no quotes, no tags. Throws for the
 * rest, and where a value is missing.
 */
export function formatMessage(message: string, locale: string, values: Values): string {
  const { text, end } = readText({ message, locale, values }, 0, null);
  if (end !== message.length) throw new Error(`a brace closes that was never opened: ${message}`);
  return text;
}

/** Reads up to a closing brace, or to the end. @param count what # stands for */
function readText(of: Reading, from: number, count: string | null): { text: string; end: number } {
  let text = "";
  let at = from;
  while (at < of.message.length && of.message[at] !== "}") {
    const sign = of.message[at];
    if (sign === "{") {
      const argument = readArgument(of, at + 1);
      text += argument.text;
      at = argument.end;
    } else {
      text += sign === "#" && count !== null ? count : sign;
      at += 1;
    }
  }
  return { text, end: at };
}

/** Reads what begins after an opening brace; ends after its closing one. */
function readArgument(of: Reading, from: number): { text: string; end: number } {
  const head = /^(\w+)(\}|, plural, ?)/.exec(of.message.slice(from));
  const [whole = "", name = "", after] = head ?? [];
  const value = of.values[name];
  if (value === undefined) throw new Error(`nothing to put into ${of.message.slice(from - 1)}`);
  const start = from + whole.length;
  return after === "}" ? { text: String(value), end: start } : readCases(of, start, Number(value));
}

function readCases(of: Reading, from: number, count: number): { text: string; end: number } {
  const shown = new Intl.NumberFormat(of.locale).format(count);
  const cases = new Map<string, string>();
  let at = from;
  for (;;) {
    const head = /^\s*(=\d+|\w+)\s*\{/.exec(of.message.slice(at));
    if (!head) break;
    const { text, end } = readText(of, at + head[0].length, shown);
    cases.set(head[1] ?? "", text);
    at = end + 1;
  }
  const category = new Intl.PluralRules(of.locale).select(count);
  const text = cases.get(`=${count}`) ?? cases.get(category) ?? cases.get("other");
  if (text === undefined || of.message[at] !== "}") throw new Error(`no plural: ${of.message}`);
  return { text, end: at + 1 };
}
