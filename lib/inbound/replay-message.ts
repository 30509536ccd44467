import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { dealWithMessage } from "./deal-with-message.ts";
import { type DealWithMany, dealWithMessages } from "./deal-with-messages.ts";
import { REPLAY } from "./deals.ts";
import type { DealtWith, DealtWithMany } from "./types.ts";

/** Has a message worked on once more, as if it had just come; what it has done already changes nothing. */
export const replayMessage = (
  core: Core,
  actor: Actor,
  asked: { id: string; reason: string },
  request: RequestFacts,
): Promise<DealtWith> => dealWithMessage(core, actor, asked, request, REPLAY);

/** The same of those in trouble that match. */
export const replayMessages = (
  core: Core,
  actor: Actor,
  asked: DealWithMany,
  request: RequestFacts,
): Promise<DealtWithMany> => dealWithMessages(core, actor, asked, request, REPLAY);
