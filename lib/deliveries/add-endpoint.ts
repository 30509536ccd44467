import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { columnsOf, factsOf } from "./endpoint-facts.ts";
import type { EndpointInput, EndpointProblem } from "./endpoint-input.ts";
import { MOST_ENDPOINTS } from "./endpoint-limits.ts";
import type { ChannelSecrets } from "./endpoint-schema.ts";
import { codesBegin, judgeEndpoint, leadsToCodes } from "./judge-endpoint.ts";
import { sealSecrets } from "./open-endpoint.ts";
import { testBeforeSaving, type UntestedEndpoint } from "./test-before-saving.ts";
import type { ChannelKind } from "./types.ts";

export type NewEndpoint = EndpointInput & { channel: ChannelKind };

export type AddedEndpoint =
  /** The signing secret of a webhook is told this once. */
  | { kind: "added"; id: string; secret: string | null }
  | UntestedEndpoint
  | { kind: "invalid"; problems: EndpointProblem[] };

/**
 * Sets up where events are sent to from now on, once it took a test message. What happened before isn't sent; it
 * can be revived. Throws `forbidden`, `proof_needed`, or `conflict` where there are too many.
 */
export async function addEndpoint(
  ctx: EndpointContext,
  actor: Actor,
  { channel, ...input }: NewEndpoint,
  request: RequestFacts,
): Promise<AddedEndpoint> {
  requirePermission(actor, "endpoints.manage");
  requireRecentProof(ctx, actor);
  const judged = await judgeEndpoint(ctx, channel, input, null);
  if ("problems" in judged) return { kind: "invalid", problems: judged.problems };
  const { wish, config, secrets } = judged;
  if (leadsToCodes(wish.payload, null, true)) requirePermission(actor, "codes.reveal");
  const untested = await testBeforeSaving(ctx, channel, judged, null, null);
  if (untested) return untested;
  const id = ctx.newId();
  const columns = columnsOf(wish);
  await ctx.sealer.ready();
  const sealed = hasSecrets(secrets) ? sealSecrets(ctx.sealer, id, secrets) : null;
  return ctx.db.$transaction(async (tx): Promise<AddedEndpoint> => {
    const now = ctx.now();
    // The name's unique index settles it between two who add it at once.
    const added = await tx.$executeRaw`
      insert into endpoints (id, name, channel, config, secrets, events, product_ids, includes_mock, payload,
        retry_plan_ms, is_ordered, sends_at_once, rate_per_minute, created_at, created_by, updated_at)
      select ${id}::uuid, ${columns.name}, ${channel}, ${JSON.stringify(config)}::jsonb, ${sealed},
        ${columns.events}::text[], ${columns.productIds}::uuid[], ${columns.includesMock}, ${columns.payload},
        ${columns.retryPlanMs}::int[], ${columns.isOrdered}, ${columns.sendsAtOnce}, ${columns.ratePerMinute}::int,
        ${now}, ${actor.name}, ${now}
      where (select count(*) from endpoints where deleted_at is null) < ${MOST_ENDPOINTS}
      on conflict (lower(name)) where deleted_at is null do nothing`;
    if (added === 0) {
      const taken = await tx.$queryRaw<unknown[]>`
        select 1 from endpoints where lower(name) = lower(${columns.name}) and deleted_at is null`;
      const code = taken.length > 0 ? "taken" : "too_many";
      return { kind: "invalid", problems: [{ path: "name", code }] };
    }
    const entry = { objectKind: "endpoint", objectId: id, ...request } as const;
    await appendAuditEntry(tx, ctx, actor, {
      ...entry,
      action: "endpoint.added",
      details: {
        channel,
        untested: wish.untested,
        ...factsOf(ctx.channels, channel, columns, config),
      },
    });
    if (codesBegin(wish.payload, null, true)) {
      await appendAuditEntry(tx, ctx, actor, {
        ...entry,
        action: "endpoint.codes_allowed",
        reason: reasonText(wish.codesReason ?? ""),
        details: { target: ctx.channels.of(channel).describe(config) },
      });
    }
    await notify(tx, ["endpoints", "outbox"]);
    return { kind: "added", id, secret: signingSecretOf(channel, secrets) };
  });
}

export const hasSecrets = (secrets: ChannelSecrets): boolean => Object.keys(secrets).length > 0;

function signingSecretOf(channel: ChannelKind, secrets: ChannelSecrets): string | null {
  if (channel !== "webhook") return null;
  return (secrets as ChannelSecrets<"webhook">).signing[0]?.secret ?? null;
}
