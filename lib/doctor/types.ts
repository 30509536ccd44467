/** An invariant: its id, its sentence, and the SQL that answers what violates it. */
export type Check = { id: string; title: string; sql: string };

/** Something that should not be: what it is about (an id, mostly), and what is wrong with it. */
export type Violation = { subject: string; detail: string };

export type CheckResult = {
  id: string;
  /** The invariant as a sentence. */
  title: string;
  /** At most `MOST_VIOLATIONS`; empty where it holds. */
  violations: Violation[];
};
