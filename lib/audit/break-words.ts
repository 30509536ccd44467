import type { Break } from "./types.ts";

/** What a break says of the log, for the command line. */
export const BREAK_WORDS: Record<Break, string> = {
  changed: "the entry isn't what was written.",
  missing: "entries before this one are gone, or it was changed.",
  inserted: "the entry was put in afterwards.",
  reordered: "another entry was written for this place.",
  unchained: "the entry has no hash, though it is younger than the chain.",
  unknown_key: "the entry names a key that isn't among the data keys.",
  old_key: "the entry was made with a key that had been given up before.",
  head_missing: "there are entries, but the head of the chain is gone.",
  head_ahead: "entries after this one are gone: the head is further on.",
  head_behind: "the entry is beyond the head of the chain.",
  head_differs: "the head of the chain is of another entry than the last.",
  anchor_missing: "the entry was noted outside, and is gone.",
  anchor_differs: "the entry isn't the one that was noted outside.",
};
