import { DUE_AFTER_PAUSE } from "#lib/orders/held-up.ts";
import type { Core } from "#lib/platform/core.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import type { SignalData } from "#lib/signals/types.ts";
import { type EngineBeat, isAwake } from "./engine-awake.ts";
import type { Rule } from "./rule.ts";

/** What has been due for so long is done by nobody, though somebody beats. */
export const OVERDUE_LATE_MS = 5 * 60_000;
/** More runs than this don't overlap. */
const MOST_BEATS = 50;

type Facts = {
  beats: readonly EngineBeat[];
  /** It is an engine that judges. */
  isAwakeNow?: boolean;
  /** Orders due for longer than that, and since when the first is. */
  overdue: number;
  oldestDueAt: Date | null;
};

/** Nobody works, or what is due is not done. Pure. */
export function judgeEngine(
  { beats, isAwakeNow, overdue, oldestDueAt }: Facts,
  now: Date,
): SignalData | null {
  const last = Math.max(0, ...beats.map(({ beatAt }) => beatAt.getTime()));
  const lastBeatAt = last > 0 ? new Date(last).toISOString() : null;
  if (!isAwakeNow && !isAwake(beats, now)) return { why: "silent", lastBeatAt };
  if (overdue === 0 || oldestDueAt === null) return null;
  return { why: "overdue", since: oldestDueAt.toISOString() };
}

export const readBeats = ({ db }: Pick<Core, "db">): Promise<EngineBeat[]> =>
  db.engineRun.findMany({
    orderBy: { beatAt: "desc" },
    take: MOST_BEATS,
    select: { kind: true, startedAt: true, beatAt: true, stoppedAt: true },
  });

/**
 * An account that may not be called holds its orders up, and has an alert of its own; one that is paused
 * was paused by somebody.
 */
async function readOverdue({ db }: Pick<Core, "db">, now: Date) {
  const lateBefore = new Date(now.getTime() - OVERDUE_LATE_MS);
  const [row] = await db.$queryRaw<{ overdue: number; oldest: Date | null }[]>`
    select count(*)::int as overdue, min(${DUE_AFTER_PAUSE}) as oldest from orders o
    join suppliers s on s.id = o.supplier_id
    left join call_budgets b on b.supplier_id = s.id
    where o.next_poll_at < ${lateBefore} and ${DUE_AFTER_PAUSE} < ${lateBefore}
      and coalesce(s.blocked_until, '-infinity') < now() and b.open_until is null`;
  return { overdue: row?.overdue ?? 0, oldestDueAt: row?.oldest ?? null };
}

/** Judged wherever a page is read, too: an engine that doesn't run can't say so itself. */
export const engineLate: Rule = {
  name: "engine_late",
  kinds: ["engine_late"],
  everyMs: 10_000,
  async judge(ctx) {
    const now = ctx.now();
    const [beats, overdue] = await Promise.all([readBeats(ctx), readOverdue(ctx, now)]);
    const isAwakeNow = ctx.isEngine === true;
    const data = judgeEngine({ beats, isAwakeNow, ...overdue }, now);
    await ctx.db.$transaction((tx) =>
      data
        ? openSystemSignal(tx, ctx, "engine_late", "engine", data)
        : clearSystemSignal(tx, ctx, "engine_late", "engine"),
    );
  },
};
