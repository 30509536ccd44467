import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { whatChanged } from "#lib/audit/what-changed.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { reasonText } from "#lib/platform/reason.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { hasSecrets } from "./add-endpoint.ts";
import type { EndpointContext } from "./endpoint-context.ts";
import { changesOf, columnsOf, factsOf } from "./endpoint-facts.ts";
import type { EndpointInput, EndpointProblem } from "./endpoint-input.ts";
import type { ChannelConfig } from "./endpoint-schema.ts";
import { findEndpoint, lockEndpoint } from "./find-endpoint.ts";
import { codesBegin, judgeEndpoint, leadsToCodes } from "./judge-endpoint.ts";
import { noteTry } from "./note-try.ts";
import { openEndpoint, sealSecrets } from "./open-endpoint.ts";
import { testBeforeSaving, type UntestedEndpoint } from "./test-before-saving.ts";
import type { ChannelKind, PayloadStyle } from "./types.ts";

export type EndpointEdit = EndpointInput & {
  id: string;
  /** Of what was read before: its `version`. */
  version: string;
};

export type EditedEndpoint =
  | { kind: "saved" }
  | UntestedEndpoint
  | { kind: "invalid"; problems: EndpointProblem[] };

/**
 * Changes an endpoint; it counts at each worker's next claim. Deliveries that wait go on waiting. Where it is
 * reached otherwise than before, it has to take a test message first. Throws `forbidden`, `proof_needed`, `not_found`, or `conflict` where somebody else changed it meanwhile.
 */
export async function editEndpoint(
  ctx: EndpointContext,
  actor: Actor,
  { id, version, ...input }: EndpointEdit,
  request: RequestFacts,
): Promise<EditedEndpoint> {
  requirePermission(actor, "endpoints.manage");
  requireRecentProof(ctx, actor);
  const row = await findEndpoint(ctx.db, id);
  const kind = row.channel as ChannelKind;
  const payload = row.payload as PayloadStyle;
  const open = await openEndpoint(ctx, row);
  const judged = await judgeEndpoint(ctx, kind, input, { ...open, payload });
  if ("problems" in judged) return { kind: "invalid", problems: judged.problems };
  const { wish, config, secrets, moved } = judged;
  if (leadsToCodes(wish.payload, payload, moved)) requirePermission(actor, "codes.reveal");
  // Nobody is sent a message for what can't be saved.
  if (row.updatedAt.toISOString() !== version) throw changedMeanwhile(id);
  const untested = await testBeforeSaving(ctx, kind, judged, open, () =>
    noteTry(ctx, actor, row, request),
  );
  if (untested) return untested;
  await ctx.sealer.ready();
  const sealed = hasSecrets(secrets) ? sealSecrets(ctx.sealer, id, secrets) : null;
  const columns = columnsOf(wish);
  const saved = await ctx.db.$transaction(async (tx): Promise<EditedEndpoint> => {
    const before = await lockEndpoint(tx, id);
    // Also against what was opened here: a rotation in between would be undone.
    if (before.updatedAt.toISOString() !== version || before.secrets !== row.secrets) {
      throw changedMeanwhile(id);
    }
    const [taken] = await tx.$queryRaw<unknown[]>`
      select 1 from endpoints
      where lower(name) = lower(${columns.name}) and deleted_at is null and id <> ${id}::uuid`;
    if (taken) return { kind: "invalid", problems: [{ path: "name", code: "taken" }] };
    await tx.endpoint.update({
      where: { id },
      data: {
        ...columns,
        config: config as Prisma.InputJsonObject,
        secrets: sealed,
        updatedAt: ctx.now(),
      },
    });
    const old = factsOf(ctx.channels, kind, columnsBefore(before), before.config as ChannelConfig);
    const facts = factsOf(ctx.channels, kind, columns, config);
    const entry = { objectKind: "endpoint", objectId: id, ...request } as const;
    await appendAuditEntry(tx, ctx, actor, {
      ...entry,
      action: "endpoint.changed",
      details: {
        ...changesOf(old, facts),
        untested: wish.untested,
        settings: JSON.stringify(before.config) !== JSON.stringify(config),
        secrets: JSON.stringify(open.secrets) !== JSON.stringify(secrets),
      },
      ...whatChanged(old, facts),
    });
    if (codesBegin(wish.payload, payload, moved)) {
      await appendAuditEntry(tx, ctx, actor, {
        ...entry,
        action: "endpoint.codes_allowed",
        reason: reasonText(wish.codesReason ?? ""),
        details: { target: ctx.channels.of(kind).describe(config) },
      });
    }
    await notify(tx, ["endpoints", "outbox"]);
    return { kind: "saved" };
  });
  if (saved.kind === "saved") await ctx.channels.close(id);
  return saved;
}

const changedMeanwhile = (id: string): KeyholdError =>
  new KeyholdError("conflict", `endpoint ${id} was changed meanwhile`);

function columnsBefore(row: Awaited<ReturnType<typeof lockEndpoint>>) {
  return {
    name: row.name,
    events: row.events as ReturnType<typeof columnsOf>["events"],
    productIds: row.productIds,
    includesMock: row.includesMock,
    payload: row.payload as PayloadStyle,
    retryPlanMs: row.retryPlanMs,
    isOrdered: row.isOrdered,
    sendsAtOnce: row.sendsAtOnce,
    ratePerMinute: row.ratePerMinute,
  };
}
