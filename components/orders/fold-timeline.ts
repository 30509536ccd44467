import type { TimelineView } from "#lib/orders/types.ts";

/** One entry, or a few that happened over and over in the same way (look, pay, refused). */
export type Part =
  | { kind: "entry"; entry: TimelineView }
  | { kind: "run"; entries: TimelineView[]; times: number };

const LONGEST_PATTERN = 3;
const FEWEST_TIMES = 3;

/** Puts what repeats into runs, so that an hour of vain tries is one line. */
export function foldRuns(timeline: TimelineView[]): Part[] {
  const signatures = timeline.map(signatureOf);
  const parts: Part[] = [];
  let index = 0;
  while (index < timeline.length) {
    const run = runAt(signatures, index);
    const entries = timeline.slice(index, index + (run ? run.pattern * run.times : 1));
    const [entry] = entries;
    if (run) parts.push({ kind: "run", entries, times: run.times });
    else if (entry) parts.push({ kind: "entry", entry });
    index += entries.length;
  }
  return parts;
}

function runAt(signatures: string[], start: number): { pattern: number; times: number } | null {
  for (let pattern = 1; pattern <= LONGEST_PATTERN; pattern += 1) {
    let end = start + pattern;
    while (end < signatures.length && signatures[end] === signatures[end - pattern]) end += 1;
    const times = Math.floor((end - start) / pattern);
    if (times >= FEWEST_TIMES) return { pattern, times };
  }
  return null;
}

function signatureOf({ kind, actor, data }: TimelineView): string {
  const { lastAt: _, ...facts } = data;
  return JSON.stringify([kind, actor, facts]);
}

/** How much of a long story is shown before asking: its beginning and its end tell the most. */
const BEGINNING = 8;
const END = 24;

export type Folded<Item> = { beginning: Item[]; between: Item[]; end: Item[] };

/** Leaves out the middle of what is too long to read, unless that saves next to nothing. */
export function foldMiddle<Item>(items: Item[]): Folded<Item> {
  if (items.length <= BEGINNING + END + 4) return { beginning: items, between: [], end: [] };
  return {
    beginning: items.slice(0, BEGINNING),
    between: items.slice(BEGINNING, -END),
    end: items.slice(-END),
  };
}
