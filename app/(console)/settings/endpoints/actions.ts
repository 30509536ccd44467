"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { type AddedEndpoint, addEndpoint, type NewEndpoint } from "#lib/deliveries/add-endpoint.ts";
import { deleteEndpoint } from "#lib/deliveries/delete-endpoint.ts";
import {
  type EditedEndpoint,
  type EndpointEdit,
  editEndpoint,
} from "#lib/deliveries/edit-endpoint.ts";
import { enableEndpoint } from "#lib/deliveries/enable-endpoint.ts";
import { type FoundChats, findChats } from "#lib/deliveries/find-chats.ts";
import { pauseEndpoint } from "#lib/deliveries/pause-endpoint.ts";
import { resumeEndpoint } from "#lib/deliveries/resume-endpoint.ts";
import { type RotatedSecret, rotateSecret } from "#lib/deliveries/rotate-secret.ts";
import type { TestOutcome } from "#lib/deliveries/test-endpoint.ts";
import { type TriedEndpoint, tryDraft, tryEndpoint } from "#lib/deliveries/try-endpoint.ts";
import { CHANNELS } from "#lib/deliveries/types.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

// What a browser sends may be anything; the verbs read the settings themselves, field by field.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

const channelSchema = z.looseObject({ channel: z.enum(CHANNELS), id: z.uuid().optional() });
const editSchema = z.looseObject({ id: z.uuid(), version: z.iso.datetime() });
const reasonSchema = z.string().max(1_000);

/** Sets an endpoint up, once it took a test message. A webhook's signing secret is in the answer, this once. */
export async function addEndpointAction(input: NewEndpoint): Promise<ActionResult<AddedEndpoint>> {
  return runAction((ctx, actor, request) => {
    parse(channelSchema, input);
    return addEndpoint(ctx, actor, input, request);
  });
}

/** Changes an endpoint; secrets that aren't given stay. */
export async function editEndpointAction(
  input: EndpointEdit,
): Promise<ActionResult<EditedEndpoint>> {
  return runAction((ctx, actor, request) => {
    parse(editSchema, input);
    return editEndpoint(ctx, actor, input, request);
  });
}

/** Sends a test message as the form stands; nothing is saved. */
export async function tryDraftAction(
  input: NewEndpoint & { id?: string },
): Promise<ActionResult<TriedEndpoint>> {
  return runAction((ctx, actor, request) => {
    parse(channelSchema, input);
    return tryDraft(ctx, actor, input, request);
  });
}

/** Sends a test message to an endpoint as it is. */
export async function tryEndpointAction(id: string): Promise<ActionResult<TestOutcome>> {
  return runAction((ctx, actor, request) => tryEndpoint(ctx, actor, parse(z.uuid(), id), request));
}

/** Takes an endpoint away. */
export async function deleteEndpointAction(
  id: string,
  reason: string,
): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await deleteEndpoint(ctx, actor, parse(z.uuid(), id), parse(reasonSchema, reason), request);
    return null;
  });
}

/** Gives a webhook another signing secret, in the answer this once. */
export async function rotateSecretAction(
  id: string,
  atOnce: boolean,
): Promise<ActionResult<RotatedSecret>> {
  return runAction((ctx, actor, request) =>
    rotateSecret(ctx, actor, { id: parse(z.uuid(), id), atOnce: atOnce === true }, request),
  );
}

/** Nothing is sent from now on; what comes piles up. */
export async function pauseEndpointAction(
  id: string,
  reason: string,
): Promise<ActionResult<{ underWay: number }>> {
  return runAction(async (ctx, actor, request) => {
    const wish = { endpointId: parse(z.uuid(), id), reason: parse(reasonSchema, reason) };
    const paused = await pauseEndpoint(ctx, actor, wish, request);
    await ctx.channels.close(wish.endpointId);
    return paused;
  });
}

/** Goes on with what piled up. */
export async function resumeEndpointAction(id: string): Promise<ActionResult<{ waiting: number }>> {
  return runAction((ctx, actor, request) =>
    resumeEndpoint(ctx, actor, parse(z.uuid(), id), request),
  );
}

/** Switches on again what said that it is gone, or failed too often. */
export async function enableEndpointAction(id: string): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor, request) => {
    await enableEndpoint(ctx, actor, parse(z.uuid(), id), request);
    return null;
  });
}

const chatsSchema = z.strictObject({
  id: z.uuid().optional(),
  token: z.string().max(200).optional(),
  apiRoot: z.string().max(500).optional(),
});

/** The chats from which a bot has heard lately. By POST alone: a token in an address would stay in logs. */
export async function findChatsAction(
  input: z.input<typeof chatsSchema>,
): Promise<ActionResult<FoundChats>> {
  return runAction((ctx, actor) => findChats(ctx, actor, parse(chatsSchema, input)));
}
