/** What pages show of runbooks, and what they may be. Travels to the browser. */
import type { AlertKind } from "../alert-policy.ts";

export const RUNBOOK_LOCALES = ["en", "hi"] as const;
export type RunbookLocale = (typeof RUNBOOK_LOCALES)[number];

export const LONGEST_RUNBOOK = 20_000;

export type RunbookView = {
  kind: AlertKind;
  markdown: string;
  /** Somebody wrote it anew; otherwise it is the one that comes with Keyhold. */
  isEdited: boolean;
  /** How often it was changed; whoever changes it names the one that he saw. */
  version: number;
  updatedBy: string | null;
  updatedAt: string | null;
};

/** In one language, as the list of all has it. */
export type RunbookStanding = Pick<RunbookView, "isEdited" | "updatedBy" | "updatedAt">;

export type RunbookRow = { kind: AlertKind } & Record<RunbookLocale, RunbookStanding>;

export type RunbookProblem =
  | { code: "empty" }
  | { code: "long" }
  /** The kind has no such button. */
  | { code: "unknown_button"; button: string };

export type SavedRunbook =
  | { kind: "saved"; runbook: RunbookView }
  | { kind: "invalid"; problems: RunbookProblem[] };
