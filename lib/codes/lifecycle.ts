export type CodeState =
  /** In stock, nobody's yet. */
  | "available"
  /** Kept for a customer. */
  | "reserved"
  | "handed_out"
  /** Somebody says that it doesn't work. */
  | "bad"
  /** Bad, and its customer has another one instead. */
  | "replaced"
  | "expired"
  /** Its order came to nothing; the supplier may have voided it. */
  | "withheld";

/** Where a code may go from each state; the trigger `codes_moves` holds the same table. */
export const CODE_MOVES: Record<CodeState, readonly CodeState[]> = {
  available: ["reserved", "handed_out", "bad", "expired", "withheld"],
  reserved: ["available", "handed_out", "bad", "expired", "withheld"],
  handed_out: ["bad"],
  // Back to where it was, when it turns out to be good; or for good.
  bad: ["available", "reserved", "handed_out", "replaced"],
  replaced: [],
  // Back to where it was, when the date turns out to have been read wrongly.
  expired: ["available", "reserved", "bad"],
  withheld: [],
};

export const CODE_STATES = Object.keys(CODE_MOVES) as CodeState[];

/** The states that a code is born in, by what it was bought for. */
export const FIRST_STATES = ["available", "reserved", "withheld"] as const;

/** Codes in these states can still be given to somebody. */
export const STOCKED_STATES = ["available", "reserved"] as const;

export const canMove = (from: CodeState, to: CodeState): boolean => CODE_MOVES[from].includes(to);

/** When it expires still matters to us: it is with nobody, or may come back. */
export const hasCorrectableExpiry = (state: CodeState): boolean =>
  isStocked(state) || state === "expired" || state === "bad";

/** It can still be given to somebody. */
export const isStocked = (state: CodeState): boolean =>
  (STOCKED_STATES as readonly CodeState[]).includes(state);
