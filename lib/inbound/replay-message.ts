import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { type Deal, dealWithMessage } from "./deal-with-message.ts";
import type { DealtWith } from "./types.ts";

/** Has a message worked on once more, as if it had just come; what it has done already changes nothing. */
export const replayMessage = (
  core: Core,
  actor: Actor,
  asked: { id: string; reason: string },
  request: RequestFacts,
): Promise<DealtWith> => dealWithMessage(core, actor, asked, request, REPLAY);

const REPLAY: Deal = {
  action: "inbox.replayed",
  // One that waits comes by itself, and may be in somebody's hands.
  from: (state) => state !== "waiting",
  // An unmatched one that is being looked for just now loses its lease, and so what comes of that.
  write: (tx, id) => tx.$executeRaw`
    update inbox_messages
    set state = 'waiting', next_at = now(), settled_at = null, problem = null, tries = 0,
      lease_token = null, lease_until = null
    where id = ${id}::uuid`,
};
