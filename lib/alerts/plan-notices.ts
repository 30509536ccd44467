import type { Tx } from "#lib/platform/db.ts";
import { SETTLE_MS, TOLD_TOGETHER } from "./alert-policy.ts";
import { type CrowdTold, readCrowds } from "./crowds.ts";
import {
  afterQuiet,
  firstNotice,
  fittingPolicy,
  joinedNotice,
  type Next,
  type Policy,
  resumedNotice,
} from "./next-notice.ts";
import { loadPolicies } from "./policies/load-policies.ts";
import type { AlertSeverity } from "./types.ts";

type Row = {
  id: string;
  kind: string;
  severity: AlertSeverity;
  isMock: boolean;
  policyId: string | null;
  nextNoticeAt: Date | null;
  step: number;
  round: number;
  /** It opens just now, rather than that somebody's decision on it is over. */
  isNew: boolean;
  /** Of one that has just come back: when somebody was told last. */
  toldAt: Date | null;
};

type Group = Pick<Row, "kind" | "severity" | "isMock" | "policyId">;
type Plan = { id: string; policyId: string | null; next: Next | null };

/**
 * Says who is to be told of open alerts, and when; within the transaction that made them so, after its writes.
 * `opened`: their policy begins anew, whatever came of it before, except where they were resolved for a short while
 * only. `worse`: what runs goes on, unless by now another policy fits or their quiet hours no longer hold. What isn't
 * open is left alone.
 */
export async function planNotices(
  tx: Tx,
  alertIds: readonly string[],
  now: Date,
  why: "opened" | "worse",
): Promise<void> {
  if (alertIds.length === 0) return;
  const rows = await tx.$queryRaw<Row[]>`
    select id, kind, severity, is_mock as "isMock", policy_id as "policyId", next_notice_at as "nextNoticeAt",
      next_step as step, round, opened_at = ${now} as "isNew", case when reopened > 0 and opened_at = ${now} then (
        select max(n.at) from alert_entries n
        where n.alert_id = alerts.id and n.kind = 'notified' and n.data ? 'eventId') end as "toldAt"
    from alerts where id = any(${[...alertIds]}::uuid[]) and state = 'open' order by id for update`;
  const policies = await loadPolicies(tx, now);
  const alike = rows.filter(({ kind, isNew }) => isNew && isToldTogether(kind));
  const crowds = await readCrowds(
    tx,
    alike.map(({ id }) => id),
  );
  const plans = rows.map((row) => planOf(row, policies, crowds.get(row.id), now, why));
  await writePlans(
    tx,
    plans.filter((plan) => plan !== null),
  );
}

const isToldTogether = (kind: string): boolean => TOLD_TOGETHER.some((one) => one === kind);

function planOf(
  row: Row,
  policies: readonly Policy[],
  crowd: CrowdTold | undefined,
  now: Date,
  why: "opened" | "worse",
): Plan | null {
  const policy = fittingPolicy(policies, row);
  const anew = { id: row.id, policyId: policy?.id ?? null, next: firstNotice(policy, row, now) };
  if (policy && !row.toldAt && crowd?.policyId === policy.id) {
    return { ...anew, next: joinedNotice(policy, row, crowd, now) };
  }
  if (anew.policyId !== row.policyId) return anew;
  if (why === "opened") {
    if (!policy || !row.toldAt) return anew;
    return { ...anew, next: resumedNotice(policy, row, row, row.toldAt, now) };
  }
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
 * is still theirs go on where they are, also where that was its end and it has more steps by now.
 */
export async function replanAll(tx: Tx, now: Date): Promise<void> {
  const policies = await loadPolicies(tx, now);
  const groups = await tx.$queryRaw<Group[]>`
    select distinct kind, severity, is_mock as "isMock", policy_id as "policyId" from alerts where state = 'open'`;
  for (const group of groups) {
    const policy = fittingPolicy(policies, group);
    if ((policy?.id ?? null) === group.policyId) {
      if (policy) await goOn(tx, policy, group, now);
      continue;
    }
    const next = firstNotice(policy, group, now);
    await tx.$executeRaw`
      update alerts set policy_id = ${policy?.id ?? null}::uuid, next_step = 0, round = 0, next_notice_at = ${next?.at ?? null}
      where state = 'open' and kind = ${group.kind} and severity = ${group.severity}::alert_severity
        and is_mock = ${group.isMock} and policy_id is not distinct from ${group.policyId}::uuid`;
  }
}

async function goOn(tx: Tx, policy: Policy, group: Group, now: Date): Promise<void> {
  const { kind, severity, isMock } = group;
  await tx.$executeRaw`
    update alerts set next_notice_at = ${afterQuiet(policy, group, new Date(now.getTime() + SETTLE_MS))}
    where state = 'open' and policy_id = ${policy.id}::uuid and next_notice_at is null
      and next_step < ${policy.steps.length}::int
      and kind = ${kind} and severity = ${severity}::alert_severity and is_mock = ${isMock}`;
}
