const UNITS = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const ALIASES: Record<string, keyof typeof UNITS> = {
  s: "s",
  sec: "s",
  second: "s",
  seconds: "s",
  m: "min",
  min: "min",
  minute: "min",
  minutes: "min",
  h: "h",
  hour: "h",
  hours: "h",
  d: "d",
  day: "d",
  days: "d",
};

/** Waits as people write them: "5 s, 30 s, 2 min". Null where it can't be read. */
export function readPlan(text: string): number[] | null {
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  const waits = parts
    .filter((part) => part !== "")
    .map((part) => {
      const [, amount, word = ""] = /^(\d{1,6}(?:\.\d{1,2})?)\s*([a-z]+)$/i.exec(part) ?? [];
      const unit = ALIASES[word.toLowerCase()];
      return amount && unit ? Math.round(Number(amount) * UNITS[unit]) : null;
    });
  return waits.length === 0 || waits.includes(null) ? null : (waits as number[]);
}

/** The same, the other way round. */
export function writePlan(waits: readonly number[]): string {
  return waits
    .map((wait) => {
      const unit = (["d", "h", "min", "s"] as const).find((one) => wait % UNITS[one] === 0);
      return unit ? `${wait / UNITS[unit]} ${unit}` : `${wait / 1_000} s`;
    })
    .join(", ");
}
