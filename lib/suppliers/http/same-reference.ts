/** Our references are lower-case ids, which a supplier may repeat in either case. */
export const isSameReference = (theirs: string | null, ours: string): boolean =>
  theirs?.toLowerCase() === ours.toLowerCase();
