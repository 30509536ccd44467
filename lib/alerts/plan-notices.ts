import type { Tx } from "#lib/platform/db.ts";
import { afterQuiet, firstNotice, fittingPolicy, type Next, type Policy } from "./next-notice.ts";
import { loadPolicies } from "./policies/load-policies.ts";
import type { AlertSeverity } from "./types.ts";

type Row = {
  id: string;
  kind: string;
  severity: AlertSeverity;
  isMock: boolean;
  policyId: string | null;
  nextNoticeAt: Date | null;
};

type Plan = { id: string; policyId: string | null; next: Next | null };

/**
 * Says who is to be told of open alerts, and when; within the transaction that made them so, after its writes.
 * `opened`: their policy begins anew, whatever came of it before. `worse`: what runs goes on, unless by now another
 * policy fits or their quiet hours no longer hold. What isn't open is left alone.
 */
export async function planNotices(
  tx: Tx,
  alertIds: readonly string[],
  now: Date,
  why: "opened" | "worse",
): Promise<void> {
  if (alertIds.length === 0) return;
  const rows = await tx.$queryRaw<Row[]>`
    select id, kind, severity, is_mock as "isMock", policy_id as "policyId", next_notice_at as "nextNoticeAt"
    from alerts where id = any(${[...alertIds]}::uuid[]) and state = 'open' order by id for update`;
  const policies = await loadPolicies(tx, now);
  const plans = rows.map((row) => planOf(row, policies, now, why));
  await writePlans(
    tx,
    plans.filter((plan) => plan !== null),
  );
}

function planOf(
  row: Row,
  policies: readonly Policy[],
  now: Date,
  why: "opened" | "worse",
): Plan | null {
  const policy = fittingPolicy(policies, row);
  const anew = { id: row.id, policyId: policy?.id ?? null, next: firstNotice(policy, row, now) };
  if (why === "opened" || anew.policyId !== row.policyId) return anew;
  if (!policy || !row.nextNoticeAt || !anew.next) return null;
  // It waits for the end of hours that are quiet for less severe ones only.
  const isHeld =
    policy.quiet !== null && afterQuiet(policy, { ...row, severity: "info" }, now) > now;
  return isHeld && anew.next.at < row.nextNoticeAt ? anew : null;
}

async function writePlans(tx: Tx, plans: readonly Plan[]): Promise<void> {
  if (plans.length === 0) return;
  await tx.$executeRaw`
    update alerts a set policy_id = p.policy_id, next_step = p.step, round = p.round, next_notice_at = p.at
    from unnest(
      ${plans.map(({ id }) => id)}::uuid[], ${plans.map(({ policyId }) => policyId)}::uuid[],
      ${plans.map(({ next }) => next?.step ?? 0)}::int[], ${plans.map(({ next }) => next?.round ?? 0)}::int[],
      ${plans.map(({ next }) => next?.at.toISOString() ?? null)}::timestamptz[]) as p (id, policy_id, step, round, at)
    where a.id = p.id`;
}

/**
 * After a change of the policies: open alerts for which another one fits by now begin with that. Those whose policy
 * is still theirs go on where they are.
 */
export async function replanAll(tx: Tx, now: Date): Promise<void> {
  const policies = await loadPolicies(tx, now);
  const groups = await tx.$queryRaw<Omit<Row, "id" | "nextNoticeAt">[]>`
    select distinct kind, severity, is_mock as "isMock", policy_id as "policyId" from alerts where state = 'open'`;
  for (const group of groups) {
    const policy = fittingPolicy(policies, group);
    if ((policy?.id ?? null) === group.policyId) continue;
    const next = firstNotice(policy, group, now);
    await tx.$executeRaw`
      update alerts set policy_id = ${policy?.id ?? null}::uuid, next_step = 0, round = 0, next_notice_at = ${next?.at ?? null}
      where state = 'open' and kind = ${group.kind} and severity = ${group.severity}::alert_severity
        and is_mock = ${group.isMock} and policy_id is not distinct from ${group.policyId}::uuid`;
  }
}
