import { LONGEST_REASON, SHORTEST_REASON } from "#lib/platform/reason-limits.ts";

/** What is wrong with a typed reason; null where nothing is. The server's word is the one that counts. */
export function reasonProblem(typed: string): "short" | "long" | null {
  const { length } = typed.trim();
  if (length < SHORTEST_REASON) return "short";
  return length > LONGEST_REASON ? "long" : null;
}
