import type { TimelineView } from "#lib/orders/types.ts";

/** How much of a long story is shown before asking: its beginning and its end tell the most. */
const BEGINNING = 8;
const END = 24;

export type Folded = { beginning: TimelineView[]; between: TimelineView[]; end: TimelineView[] };

/** Leaves out the middle of a timeline that is too long to read, unless that saves next to nothing. */
export function foldTimeline(timeline: TimelineView[]): Folded {
  if (timeline.length <= BEGINNING + END + 4) {
    return { beginning: timeline, between: [], end: [] };
  }
  return {
    beginning: timeline.slice(0, BEGINNING),
    between: timeline.slice(BEGINNING, -END),
    end: timeline.slice(-END),
  };
}
