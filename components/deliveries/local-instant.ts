/** An instant as `<input type="datetime-local">` has it: in the browser's time zone, to the minute. */
export function toLocalInput(iso: string | null): string {
  if (iso === null) return "";
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

const whole = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The other way round; null for none, and for what isn't a time yet. */
export function fromLocalInput(text: string): string | null {
  const at = new Date(text);
  const ms = at.getTime();
  return whole.test(text) && ms > 0 && ms < Date.UTC(3000, 0) ? at.toISOString() : null;
}
