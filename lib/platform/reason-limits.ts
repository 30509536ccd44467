/** Characters that a reason has at least and at most. */
export const SHORTEST_REASON = 3;
export const LONGEST_REASON = 500;
