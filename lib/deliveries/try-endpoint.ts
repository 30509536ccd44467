import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import type { EndpointInput, EndpointProblem } from "./endpoint-input.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { judgeEndpoint } from "./judge-endpoint.ts";
import { noteTry } from "./note-try.ts";
import { openEndpoint } from "./open-endpoint.ts";
import { type TestOutcome, testEndpoint } from "./test-endpoint.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";

export type TriedEndpoint =
  | { kind: "tried"; outcome: TestOutcome }
  | { kind: "invalid"; problems: EndpointProblem[] };

/**
 * Sends one test message as a form has it filled in, saved or not; `id` where it changes one that is there. No
 * order, code or customer is in it. Throws `forbidden` or `not_found`.
 */
export async function tryDraft(
  ctx: EndpointContext,
  actor: Actor,
  { id, channel, ...input }: EndpointInput & { channel: ChannelKind; id?: string | undefined },
  request: RequestFacts,
): Promise<TriedEndpoint> {
  requirePermission(actor, "endpoints.manage");
  const row = id === undefined ? null : await findEndpoint(ctx.db, id);
  const kind = row ? (row.channel as ChannelKind) : channel;
  const kept = row && { ...(await openEndpoint(ctx, row)), payload: row.payload as PayloadStyle };
  // Whom it tells of what doesn't matter here, nor does a reason that is still to be written.
  const bare = {
    name: "Test",
    config: input.config,
    secrets: input.secrets,
    events: ["*" as const],
  };
  const judged = await judgeEndpoint(ctx, kind, bare, kept);
  if ("problems" in judged) return { kind: "invalid", problems: judged.problems };
  const { config, secrets } = judged;
  const name = String(input.name || row?.name || "Test");
  // The secrets that are kept for it are used.
  if (row) await noteTry(ctx, actor, row, request);
  return {
    kind: "tried",
    outcome: await testEndpoint(
      { channels: ctx.channels, core: ctx },
      { kind, config, secrets, name },
    ),
  };
}

/** The same with an endpoint as it is. Throws `forbidden` or `not_found`. */
export async function tryEndpoint(
  ctx: EndpointContext,
  actor: Actor,
  id: string,
  request: RequestFacts,
): Promise<TestOutcome> {
  requirePermission(actor, "deliveries.send");
  const row = await findEndpoint(ctx.db, id);
  const { name, config, secrets } = await openEndpoint(ctx, row);
  const kind = row.channel as ChannelKind;
  await noteTry(ctx, actor, { id, name }, request);
  return testEndpoint({ channels: ctx.channels, core: ctx }, { kind, config, secrets, name });
}
