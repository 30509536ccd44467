/** Buttons in a runbook are links of the form `[Look now](action:look_now)`. Travels to the browser. */
import { ALERT_ACTIONS, ALERT_KINDS, type AlertAction, type AlertKind } from "../alert-policy.ts";
import { LONGEST_RUNBOOK, type RunbookProblem } from "./types.ts";

const SCHEME = "action:";
const BUTTON = /\]\(\s*<?action:([^\s)>]*)/gi;

/** The button that a link's address stands for; null where it is a link like any other, or no button of ours. */
export function buttonOf(href: string | undefined): AlertAction | null {
  if (!href?.startsWith(SCHEME)) return null;
  const name = href.slice(SCHEME.length);
  return ALERT_ACTIONS.find((action) => action === name) ?? null;
}

/** What a runbook names as buttons, each once, in their order; also what is none. */
export function buttonsOf(markdown: string): string[] {
  return [...new Set([...markdown.matchAll(BUTTON)].map(([, name = ""]) => name))];
}

/** What keeps a text from being the runbook of a kind. */
export function problemsOf(kind: AlertKind, markdown: string): RunbookProblem[] {
  if (markdown.trim() === "") return [{ code: "empty" }];
  if (markdown.length > LONGEST_RUNBOOK) return [{ code: "long" }];
  const known: readonly string[] = ALERT_KINDS[kind].actions;
  return buttonsOf(markdown)
    .filter((button) => !known.includes(button))
    .map((button) => ({ code: "unknown_button", button }));
}
