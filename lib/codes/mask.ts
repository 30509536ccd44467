const SHORTEST_FOR_LAST_FOUR = 12;

/** What a list may show of a code: the last four only where the rest is too long to be guessed. */
export function maskOf(value: string): string {
  const text = value.trim();
  return text.length >= SHORTEST_FOR_LAST_FOUR ? `•••• ${text.slice(-4)}` : "••••";
}
