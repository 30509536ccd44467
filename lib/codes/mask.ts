/** Long enough that the rest can't be guessed, and one word: the end of a longer text could be a PIN. */
const SAFE_TO_HINT = /^[A-Za-z0-9-]{12,}$/;

/** What a list may show of a code: its last four characters at the most. */
export function maskOf(value: string): string {
  const text = value.trim();
  return SAFE_TO_HINT.test(text) ? `•••• ${text.slice(-4)}` : "••••";
}
