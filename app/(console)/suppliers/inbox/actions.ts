"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import type { DealWithMany } from "#lib/inbound/deal-with-messages.ts";
import { replayMessage, replayMessages } from "#lib/inbound/replay-message.ts";
import { setAsideMessage, setAsideMessages } from "#lib/inbound/set-aside-message.ts";
import { type DealtWith, type DealtWithMany, INBOX_STATES } from "#lib/inbound/types.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

const schema = z.strictObject({ id: z.uuid(), reason: z.string().max(1_000) });

function parse(id: string, reason: string): z.infer<typeof schema> {
  const parsed = schema.safeParse({ id, reason });
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

/** Has a message worked on once more; what it has done already changes nothing. */
export async function replayMessageAction(
  id: string,
  reason: string,
): Promise<ActionResult<DealtWith>> {
  return runAction((ctx, actor, request) => replayMessage(ctx, actor, parse(id, reason), request));
}

/** Says that nothing is to come of a message in trouble. */
export async function setAsideMessageAction(
  id: string,
  reason: string,
): Promise<ActionResult<DealtWith>> {
  return runAction((ctx, actor, request) =>
    setAsideMessage(ctx, actor, parse(id, reason), request),
  );
}

const manySchema = z.strictObject({
  matching: z.strictObject({
    slug: z.string().max(64).optional(),
    states: z.array(z.enum(INBOX_STATES)).optional(),
    orderId: z.uuid().optional(),
  }),
  upTo: z.uuid(),
  seenAt: z.iso.datetime(),
  reason: z.string().max(1_000),
});

function parseMany(asked: DealWithMany): DealWithMany {
  const parsed = manySchema.safeParse(asked);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

/** Has all messages in trouble that match worked on once more. */
export async function replayMessagesAction(
  asked: DealWithMany,
): Promise<ActionResult<DealtWithMany>> {
  return runAction((ctx, actor, request) => replayMessages(ctx, actor, parseMany(asked), request));
}

/** Says that nothing is to come of all messages in trouble that match. */
export async function setAsideMessagesAction(
  asked: DealWithMany,
): Promise<ActionResult<DealtWithMany>> {
  return runAction((ctx, actor, request) =>
    setAsideMessages(ctx, actor, parseMany(asked), request),
  );
}
