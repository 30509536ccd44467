import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { keepAcknowledged } from "./keep-acknowledged.ts";
import { planNotices } from "./plan-notices.ts";
import { planRaises } from "./plan-raises.ts";
import { isAnythingToRaise, lockUntold, readKnown } from "./raise-facts.ts";
import { settleSignals } from "./settle-signals.ts";
import { lockAlerts } from "./store.ts";
import { tellAlerts } from "./tell-alerts.ts";
import { writeRaises } from "./write-raises.ts";

/** Signals of each sort that one transaction takes. */
const AT_ONCE = 500;

/**
 * Makes alerts of the signals that nobody has been told of, and lets alerts know which of theirs are over. Any
 * number of processes may ask at once: one does it at a time. What stood when it was asked is told when it answers
 * `done`, but for signals whose order somebody was writing just then; `again` where there is more.
 */
export async function raiseAlerts(core: Core): Promise<"done" | "again"> {
  if (!(await isAnythingToRaise(core))) return "done";
  return core.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    const now = core.now();
    // What is over ends before the same begins again.
    const { settled, resolved } = await settleSignals(tx, core, AT_ONCE, now);
    const untold = await lockUntold(tx, AT_ONCE);
    await tellAlerts(tx, core, "alert.resolved", resolved, now);
    if (untold.length > 0) {
      const raises = planRaises(untold, await readKnown(tx, untold, now), now);
      const { opened, begun, worsened, folded } = await writeRaises(tx, core, raises, now);
      await keepAcknowledged(tx, begun, now);
      await planNotices(tx, opened, now, "opened");
      await planNotices(tx, worsened, now, "worse");
      await tellAlerts(tx, core, "alert.resolved", folded, now);
      await tellAlerts(tx, core, "alert.opened", begun, now);
    }
    if (settled + untold.length > 0) await notify(tx, ["alerts"]);
    return settled >= AT_ONCE || untold.length >= AT_ONCE ? "again" : "done";
  }, PATIENT);
}
