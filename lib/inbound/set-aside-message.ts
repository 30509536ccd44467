import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { type Deal, dealWithMessage } from "./deal-with-message.ts";
import { type DealtWith, TROUBLED_STATES } from "./types.ts";

/** Of a message in trouble: nothing is to come of it, and nobody need look at it any more. */
export const setAsideMessage = (
  core: Core,
  actor: Actor,
  asked: { id: string; reason: string },
  request: RequestFacts,
): Promise<DealtWith> => dealWithMessage(core, actor, asked, request, SET_ASIDE);

const SET_ASIDE: Deal = {
  action: "inbox.set_aside",
  from: (state) => TROUBLED_STATES.some((troubled) => troubled === state),
  write: (tx, id) => tx.$executeRaw`
    update inbox_messages
    set state = 'ignored', next_at = null, settled_at = now(), lease_token = null, lease_until = null
    where id = ${id}::uuid`,
};
