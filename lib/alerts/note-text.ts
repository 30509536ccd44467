import { KeyholdError } from "#lib/platform/errors.ts";
import { LONGEST_NOTE } from "./alert-policy.ts";

/** What a person notes, as it will be read later; throws `invalid` for none or an endless one. */
export function noteText(typed: string): string {
  const note = typed.replace(/[^\P{Cc}\n]|\p{Cs}/gu, " ").trim();
  if (note.length > 0 && note.length <= LONGEST_NOTE) return note;
  throw new KeyholdError("invalid", "the note is empty or too long");
}

/** The same where one may be left out. */
export const noteOrNone = (typed: string | undefined): string | undefined =>
  typed === undefined || typed.trim() === "" ? undefined : noteText(typed);
