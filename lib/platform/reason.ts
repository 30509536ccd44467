import { KeyholdError } from "./errors.ts";
import { LONGEST_REASON, SHORTEST_REASON } from "./reason-limits.ts";

/** Why somebody decided so, as it will be read later; throws `invalid` when it says nothing. */
export function reasonText(typed: string): string {
  const reason = typed.replace(/[\p{Cc}\p{Cs}]+/gu, " ").trim();
  if (reason.length >= SHORTEST_REASON && reason.length <= LONGEST_REASON) return reason;
  throw new KeyholdError("invalid", "the reason is too short or too long");
}
