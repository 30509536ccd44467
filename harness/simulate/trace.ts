/** What happened in a run, for the person who has to understand a failure. */
export type Trace = {
  note(who: string, what: string): void;
  lines(): string[];
};

/**
 * @param now virtual milliseconds since the run began
 * @param isKept whether anything is written down at all
 */
export function createTrace(now: () => number, isKept: boolean): Trace {
  const lines: string[] = [];
  return {
    note(who, what) {
      if (!isKept) return;
      lines.push(`${(now() / 1_000).toFixed(3).padStart(9)}s  ${who.padEnd(10)} ${what}`);
    },
    lines: () => lines,
  };
}
