import type { Actor } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { dealWithMessage } from "./deal-with-message.ts";
import { type DealWithMany, dealWithMessages } from "./deal-with-messages.ts";
import { SET_ASIDE } from "./deals.ts";
import type { DealtWith, DealtWithMany } from "./types.ts";

/** Of a message in trouble: nothing is to come of it, and nobody need look at it any more. */
export const setAsideMessage = (
  core: Core,
  actor: Actor,
  asked: { id: string; reason: string },
  request: RequestFacts,
): Promise<DealtWith> => dealWithMessage(core, actor, asked, request, SET_ASIDE);

/** The same of those in trouble that match. */
export const setAsideMessages = (
  core: Core,
  actor: Actor,
  asked: DealWithMany,
  request: RequestFacts,
): Promise<DealtWithMany> => dealWithMessages(core, actor, asked, request, SET_ASIDE);
