import type { Rule, RuleContext } from "./rules/rule.ts";
import { RULES } from "./rules/rules.ts";

/** A process whose clock was ahead keeps nobody from judging for longer than this. */
const AHEAD_MS = 60_000;

/**
 * Judges the rules that are due, each at its own pace across all processes. One that fails is logged, noted
 * beside its rule and tried again at its next turn; the others are judged all the same.
 * @param lateMs judges only what is overdue by so much: nobody else seems to
 * @returns how many were judged
 */
export async function evaluateRules(
  ctx: RuleContext,
  { rules = RULES, lateMs = 0 }: { rules?: readonly Rule[]; lateMs?: number } = {},
): Promise<number> {
  const due = await takeDue(ctx, rules, lateMs);
  for (const rule of rules) {
    if (!due.has(rule.name)) continue;
    try {
      await rule.judge(ctx);
      await noteSuccess(ctx, rule.name);
    } catch (error) {
      ctx.log.error({ err: error, rule: rule.name }, "a rule could not be judged");
      await noteFailure(ctx, rule.name, error);
    }
  }
  return due.size;
}

/** Whoever moves a rule's time forward judges it. */
async function takeDue(
  { db, now }: RuleContext,
  rules: readonly Rule[],
  lateMs: number,
): Promise<Set<string>> {
  const at = now();
  const before = (ms: number) => new Date(at.getTime() - ms);
  // Nearly its pace, or chores at the same pace would judge it every other time.
  const due = rules.map(({ everyMs }) => before(everyMs * 0.9 + lateMs));
  const rows = await db.$queryRaw<{ rule: string }[]>`
    with asked as (
      select * from unnest(${rules.map(({ name }) => name)}::text[], ${due}::timestamptz[]) r(rule, due)),
    -- Seen without a lock first: mostly nothing is due.
    ready as (
      select a.* from asked a left join rule_runs r using (rule)
      where r.rule is null or r.at <= a.due or r.at > ${before(-AHEAD_MS)})
    insert into rule_runs (rule, at) select rule, ${at} from ready order by rule
    on conflict (rule) do update set at = excluded.at
      where rule_runs.at <= (select due from asked a where a.rule = excluded.rule)
        or rule_runs.at > ${before(-AHEAD_MS)}
    returning rule`;
  return new Set(rows.map(({ rule }) => rule));
}

/** What went wrong stands beside its rule until the rule is well again. */
const noteSuccess = ({ db }: RuleContext, rule: string) =>
  db.ruleRun.updateMany({ where: { rule, error: { not: null } }, data: { error: null } });

async function noteFailure({ db, log }: RuleContext, rule: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error);
  await db.ruleRun
    .updateMany({ where: { rule }, data: { error: text.slice(0, 500) } })
    .catch((failure) => log.error({ err: failure, rule }, "a failed rule was not noted"));
}
