/**
 * Foreign text made safe to store and show: without NUL and other control characters (PostgreSQL
 * refuses NUL, logs and pages break on the rest), lone surrogates replaced, cut to `maxChars`.
 * Never used on a code: those are kept exactly as sent.
 */
export function cleanText(text: string, maxChars: number): string {
  if (text.length <= maxChars && /^[ -~]*$/.test(text)) return text.trim();
  const whole = text
    .slice(0, maxChars * 2)
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/[^\P{Cc}\n\t]/gu, "")
    .trim();
  if (whole.length <= maxChars) return whole;
  return `${whole.slice(0, maxChars - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** `text` with every occurrence of a secret hidden. Those under 8 characters are too common to search for. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (shown, secret) => (secret.length >= 8 ? shown.replaceAll(secret, "••••") : shown),
    text,
  );
}
