/** Where an act came from, as its audit entry tells it. */
export type RequestFacts = {
  address: string | null;
  /** The browser or program it was done with. */
  agent?: string | null;
  correlationId: string | null;
};

/** What the program does by itself came from nowhere. */
export const OWN_REQUEST: RequestFacts = { address: null, correlationId: null };
