/** Long enough to lose one's place in, short enough to be read out. */
const SHORTEST = 9;
const LONGEST = 32;

/**
 * A code in groups of four for reading; joined they are the code itself. Codes that bring their own
 * dashes, and what is no plain code (addresses, JSON), stay whole.
 */
export function groupCode(value: string): string[] {
  const plain = /^[A-Za-z0-9]+$/.test(value);
  if (!plain || value.length < SHORTEST || value.length > LONGEST) return [value];
  return value.match(/.{1,4}/g) ?? [value];
}
