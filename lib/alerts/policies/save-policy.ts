import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { whatChanged } from "#lib/audit/what-changed.ts";
import type { Tx } from "#lib/platform/db.ts";
import { changedAt, changePolicies, findPolicy, type PolicyContext } from "./change-policies.ts";
import {
  type PolicyInput,
  type PolicyProblem,
  type PolicyWish,
  readPolicyWish,
} from "./policy-input.ts";
import { MOST_POLICIES } from "./policy-limits.ts";

export type PolicyEdit = PolicyInput & {
  /** Of one that is there, with its `version`; both null for a new one. */
  id: string | null;
  version: string | null;
};

export type SavedPolicy =
  | { kind: "saved"; id: string }
  | { kind: "invalid"; problems: PolicyProblem[] };

/**
 * Makes or changes an escalation policy. A new one comes last. Alerts that are open go by it at once. Throws
 * `forbidden`, `not_found`, or `conflict` where somebody else changed it meanwhile.
 */
export async function savePolicy(
  ctx: PolicyContext,
  actor: Actor,
  { id: given, version, ...input }: PolicyEdit,
  request: RequestFacts,
): Promise<SavedPolicy> {
  requirePermission(actor, "alerts.configure");
  const wish = readPolicyWish(input);
  if (Array.isArray(wish)) return { kind: "invalid", problems: wish };
  return changePolicies(ctx, async (tx, now): Promise<SavedPolicy> => {
    const before = given === null ? null : await findPolicy(tx, given, version ?? "");
    const problems = await problemsOf(tx, wish, given);
    if (problems.length > 0) return { kind: "invalid", problems };
    const id = before?.id ?? ctx.newId();
    const columns = { ...columnsOf(wish), updatedAt: before ? changedAt(before, now) : now };
    if (before) await tx.escalationPolicy.update({ where: { id }, data: columns });
    else {
      const last = await tx.escalationPolicy.aggregate({
        where: { deletedAt: null },
        _max: { place: true },
      });
      const place = (last._max.place ?? -1) + 1;
      await tx.escalationPolicy.create({ data: { id, place, createdAt: now, ...columns } });
    }
    await tx.escalationStep.deleteMany({ where: { policyId: id } });
    await tx.escalationStep.createMany({
      data: wish.steps.map((step, place) => ({ policyId: id, place, ...step })),
    });
    await appendAuditEntry(tx, ctx, actor, {
      action: before ? "escalation_policy.changed" : "escalation_policy.added",
      objectKind: "escalation_policy",
      objectId: id,
      details: {
        ...{ name: wish.name, kinds: wish.kinds.join(" ") || "*", floor: wish.severityFloor },
        steps: JSON.stringify(wish.steps),
        repeat: wish.repeats === 0 ? null : `${wish.repeats} × ${wish.repeatAfterMs} ms`,
        quiet: wish.quiet ? JSON.stringify(wish.quiet) : null,
        ...(before ? { stepsBefore: JSON.stringify(before.steps.map(toWish)) } : {}),
      },
      ...(before &&
        whatChanged(policyFacts(before, before.steps), policyFacts(columns, wish.steps))),
      ...request,
    });
    return { kind: "saved", id };
  });
}

type Columns = Omit<ReturnType<typeof columnsOf>, "kinds"> & { kinds: string[] };

const policyFacts = (columns: Columns, steps: readonly PolicyWish["steps"][number][]) => ({
  ...{ name: columns.name, kinds: columns.kinds, severityFloor: columns.severityFloor },
  ...{ repeatAfterMs: columns.repeatAfterMs, repeats: columns.repeats },
  ...{ quietFrom: columns.quietFrom, quietTo: columns.quietTo },
  ...{ timeZone: columns.timeZone, quietFloor: columns.quietFloor },
  steps: steps.map((step) => JSON.stringify(toWish(step))),
});

const toWish = ({ afterMs, endpointId, userId }: PolicyWish["steps"][number]) => ({
  ...{ afterMs, endpointId, userId },
});

const columnsOf = ({ name, kinds, severityFloor, repeatAfterMs, repeats, quiet }: PolicyWish) => ({
  ...{ name, kinds, severityFloor, repeatAfterMs, repeats },
  quietFrom: quiet?.from ?? null,
  quietTo: quiet?.to ?? null,
  timeZone: quiet?.timeZone ?? "UTC",
  quietFloor: quiet?.floor ?? null,
});

/** What only the database knows to be wrong. */
async function problemsOf(
  tx: Tx,
  { name, steps }: PolicyWish,
  id: string | null,
): Promise<PolicyProblem[]> {
  const others = await tx.escalationPolicy.findMany({
    where: { deletedAt: null, ...(id === null ? {} : { id: { not: id } }) },
    select: { name: true },
  });
  const endpoints = await tx.endpoint.findMany({
    where: { id: { in: steps.map(({ endpointId }) => endpointId) }, deletedAt: null },
    select: { id: true, channel: true },
  });
  const people = await tx.user.findMany({
    where: { id: { in: steps.flatMap(({ userId }) => userId ?? []) }, disabledAt: null },
    select: { id: true },
  });
  const problems: PolicyProblem[] = [];
  const isTaken = others.some((other) => other.name.toLowerCase() === name.toLowerCase());
  if (isTaken) problems.push({ path: "name", code: "taken" });
  if (id === null && others.length >= MOST_POLICIES) problems.push({ path: "name", code: "most" });
  for (const [index, { endpointId, userId }] of steps.entries()) {
    const endpoint = endpoints.find((one) => one.id === endpointId);
    const path = `steps.${index}`;
    if (!endpoint) problems.push({ path: `${path}.endpointId`, code: "gone" });
    if (userId === null) continue;
    const isThere = people.some((person) => person.id === userId);
    if (!isThere) problems.push({ path: `${path}.userId`, code: "gone" });
    else if (endpoint && endpoint.channel !== "email") {
      problems.push({ path: `${path}.userId`, code: "no_mail" });
    }
  }
  return problems;
}
