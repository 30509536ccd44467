import type { Tx } from "#lib/platform/db.ts";
import { type InboxState, TROUBLED_STATES } from "./types.ts";

/** What a person may do about messages. */
export type Deal = {
  action: "inbox.replayed" | "inbox.set_aside";
  /** Whether it can be done with a message in this state. */
  from(state: InboxState): boolean;
  /** The caller holds their rows. */
  write(tx: Tx, ids: readonly string[]): Promise<unknown>;
};

/** Worked on once more, as if it had just come; what it has done already changes nothing. */
export const REPLAY: Deal = {
  action: "inbox.replayed",
  // One that waits comes by itself, and may be in somebody's hands.
  from: (state) => state !== "waiting",
  // An unmatched one that is being looked for just now loses its lease, and so what comes of that.
  write: (tx, ids) => tx.$executeRaw`
    update inbox_messages
    set state = 'waiting', next_at = date_trunc('milliseconds', now()), settled_at = null, problem = null, tries = 0,
      lease_token = null, lease_until = null
    where id = any(${[...ids]}::uuid[])`,
};

/** Nothing is to come of it, and nobody need look at it any more. */
export const SET_ASIDE: Deal = {
  action: "inbox.set_aside",
  from: (state) => TROUBLED_STATES.some((troubled) => troubled === state),
  write: (tx, ids) => tx.$executeRaw`
    update inbox_messages
    set state = 'ignored', next_at = null, settled_at = now(), lease_token = null, lease_until = null
    where id = any(${[...ids]}::uuid[])`,
};
