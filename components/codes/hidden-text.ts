/** A text as it may stand on a screen that others see: its end, where the rest can't be guessed from it. */
export function hiddenText(text: string): string {
  const plain = /^[A-Za-z0-9-]{12,}$/.test(text);
  return plain ? `•••• ${text.slice(-4)}` : "••••";
}
