import type { Core } from "#lib/platform/core.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import { REVEALS_UNUSUAL_HOURS } from "./reveal-limits.ts";

/**
 * Clears what was said of people who revealed unusually many codes, a day after it was said and an hour after
 * their last reveal or hand-out. Any number of processes may do so at once.
 */
export async function quietReveals(core: Core): Promise<number> {
  const now = core.now().getTime();
  const open = await core.db.systemSignal.findMany({
    where: {
      key: "reveals_unusual",
      clearedAt: null,
      openedAt: { lte: new Date(now - REVEALS_UNUSUAL_HOURS * 3_600_000) },
    },
    select: { subject: true },
  });
  let cleared = 0;
  for (const { subject } of open) {
    const latest = await core.db.auditEntry.findFirst({
      where: {
        action: { in: ["code.revealed", "code.handed_out"] },
        actorId: subject,
        at: { gt: new Date(now - 3_600_000) },
      },
      select: { seq: true },
    });
    if (latest) continue;
    const done = await core.db.$transaction((tx) =>
      clearSystemSignal(tx, core, "reveals_unusual", subject),
    );
    if (done) cleared += 1;
  }
  return cleared;
}
