/** How an account of the supplier answers. */
export type Behaviour = {
  /** Where every order stands; `held`: nobody is answered until another behaviour is told. */
  orders: "completed" | "processing" | "held";
  /** So many calls in each window of so many ms, counted from the first; beyond, 429 until it ends. */
  limit?: { calls: number; windowMs: number };
};

/** What came in since the behaviour was told. */
export type Tally = {
  accepted: number;
  /** The first refusals of a window: nobody could know before. */
  limited: number;
  /** Calls that came in after the account had been told to be silent, and had time to hear of it. */
  inside: number;
  /** How long after the first refusal the last of these came in. */
  insideForMs: number;
  /** Calls that were under way while the account was being told. */
  crossed: number;
  /** Windows that were begun. */
  windows: number;
};
