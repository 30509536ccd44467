import { pause } from "#lib/platform/pause.ts";
import { clearDealtWith } from "./clear-dealt-with.ts";
import { evaluateRules } from "./evaluate-rules.ts";
import { raiseAlerts } from "./raise-alerts.ts";
import type { RuleContext } from "./rules/rule.ts";
import { wakeAlerts } from "./wake-alerts.ts";

/** A rule that is later than this is judged by nobody: no engine runs. */
export const JUDGED_LATE_MS = 15_000;

/** A signal that has stood for longer without an alert is raised by nobody else. */
const RAISED_LATE_MS = 30_000;

/** A page waits no longer; what is left goes on, and the page hears of it. */
const PATIENCE_MS = 2_000;

/**
 * For whoever is about to read alerts: where no engine judges, raises and wakes, it is done now, so that a dead
 * worker can't hide a stall. Costs one short read where one does; at most one process in half a minute pays more.
 * Never throws: the page then shows what is known.
 */
export async function catchUp(ctx: RuleContext): Promise<void> {
  const over = new AbortController();
  await Promise.race([judgeAndRaise(ctx), pause(PATIENCE_MS, over.signal)]);
  over.abort();
}

async function judgeAndRaise(ctx: RuleContext): Promise<void> {
  try {
    const judged = await evaluateRules(ctx, { lateMs: JUDGED_LATE_MS });
    if (judged === 0 && !(await isRaisingLate(ctx))) return;
    while ((await raiseAlerts(ctx)) === "again");
    while ((await clearDealtWith(ctx)) === "again");
    await wakeAlerts(ctx);
  } catch (error) {
    ctx.log.error({ err: error }, "alerts could not be brought up to date for a page");
  }
}

async function isRaisingLate({ db, now }: RuleContext): Promise<boolean> {
  const since = new Date(now().getTime() - RAISED_LATE_MS);
  const [row] = await db.$queryRaw<{ isLate: boolean }[]>`
    select exists (
      select from order_signals where alert_id is null and cleared_at is null and opened_at <= ${since}) or exists (
      select from system_signals where alert_id is null and cleared_at is null and opened_at <= ${since}) as "isLate"`;
  return row?.isLate ?? false;
}
