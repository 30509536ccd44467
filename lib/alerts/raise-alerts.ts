import type { Core } from "#lib/platform/core.ts";
import { PATIENT } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import { inParts } from "./in-parts.ts";
import { keepAcknowledged } from "./keep-acknowledged.ts";
import { planNotices } from "./plan-notices.ts";
import { planRaises } from "./plan-raises.ts";
import { isAnythingToRaise, lockUntold, type Only, readKnown, readToRaise } from "./raise-facts.ts";
import { settleSignals } from "./settle-signals.ts";
import { lockAlerts } from "./store.ts";
import { tellAlerts } from "./tell-alerts.ts";
import { writeRaises } from "./write-raises.ts";

/** Signals of each sort that one transaction takes. */
const AT_ONCE = 500;

/**
 * Makes alerts of the signals that nobody has been told of, and lets alerts know which of theirs are over. Any
 * number of processes may ask at once: one does it at a time. What stood when it was asked is told when it answers
 * `done`, but for signals that somebody was writing just then, and for one that can't be told at all, which
 * is logged and holds nobody else up; `again` where there is more.
 */
export async function raiseAlerts(core: Core): Promise<"done" | "again"> {
  if (!(await isAnythingToRaise(core))) return "done";
  try {
    return await raiseSome(core, null);
  } catch (error) {
    core.log.error({ err: error }, "signals could not be raised together, and are by and by");
  }
  const ids = await readToRaise(core, AT_ONCE);
  const { done, failed } = await inParts(ids, (part) => raiseSome(core, part));
  for (const { id, error } of failed) {
    core.log.error({ err: error, signalId: id }, "a signal could not be raised, and is left out");
  }
  return done > 0 && ids.length >= AT_ONCE ? "again" : "done";
}

function raiseSome(core: Core, only: Only): Promise<"done" | "again"> {
  return core.db.$transaction(async (tx) => {
    await lockAlerts(tx);
    const now = core.now();
    // What is over ends before the same begins again.
    const { settled, resolved } = await settleSignals(tx, core, AT_ONCE, now, only);
    const untold = await lockUntold(tx, AT_ONCE, only);
    await tellAlerts(tx, core, "alert.resolved", resolved, now);
    if (untold.length > 0) {
      const raises = planRaises(untold, await readKnown(tx, untold, now), now);
      const { opened, begun, worsened, folded } = await writeRaises(tx, core, raises, now);
      await keepAcknowledged(tx, begun, now);
      await planNotices(tx, opened, now, "opened");
      await planNotices(tx, worsened, now, "worse");
      await tellAlerts(tx, core, "alert.resolved", folded, now);
      await tellAlerts(tx, core, "alert.opened", begun, now);
      // What was renewed is followed by now: the one before counts no more.
      const before = await settleSignals(tx, core, AT_ONCE, now, only);
      await tellAlerts(tx, core, "alert.resolved", before.resolved, now);
    }
    if (settled + untold.length > 0) await notify(tx, ["alerts"]);
    return settled >= AT_ONCE || untold.length >= AT_ONCE ? "again" : "done";
  }, PATIENT);
}
