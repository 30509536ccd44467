import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import {
  clearSystemSignal,
  openSystemSignal,
  readSystemSignals,
} from "#lib/signals/system-signals.ts";
import { CHECKS } from "./checks.ts";
import { isDue } from "./last-run.ts";
import { runDoctor } from "./run-doctor.ts";
import type { CheckResult } from "./types.ts";

const DOCTOR: Actor = { kind: "job", name: "doctor" };

const MINUTE = 60_000;
/** A landing that nothing explains has to be told of within five minutes. */
export const CHECK_EVERY_MS = 5 * MINUTE;
/** What has ended changes only behind our back; reading all of it costs a minute a million orders. */
const EVERYTHING_EVERY_MS = 24 * 60 * MINUTE;
/** Far more than the runs that may be missed while nobody works; longer gaps are closed once a day. */
const LATE_MS = 6 * 60 * MINUTE;

/**
 * Has the doctor look, every five minutes at the most, whatever number of processes ask; opens a
 * signal for an invariant that doesn't hold and clears it once it does again. Looks at the orders of
 * late, once a day at all of them. What is violated already is looked for in all orders each time,
 * since it isn't over just because its order is old. Answers null when it wasn't due.
 */
export async function checkInvariants(core: Core): Promise<CheckResult[] | null> {
  if (!(await isDue(core, "late", CHECK_EVERY_MS))) return null;
  const isForAll = await isDue(core, "all", EVERYTHING_EVERY_MS);
  const signals = await readSystemSignals(core, DOCTOR);
  const isFull = (id: string) =>
    isForAll || signals.some(({ key, subject }) => key === "invariant_violated" && subject === id);
  const since = new Date(core.now().getTime() - LATE_MS);
  const results = [
    ...(await runDoctor(core, { checks: CHECKS.filter(({ id }) => isFull(id)) })),
    ...(await runDoctor(core, { checks: CHECKS.filter(({ id }) => !isFull(id)), since })),
  ];
  for (const result of results) await signal(core, result);
  return results;
}

/** Told once, when it begins and when it ends. */
async function signal(core: Core, { id, title, violations }: CheckResult): Promise<void> {
  const { db, log } = core;
  const [first] = violations;
  const count = violations.length;
  const isNews = await db.$transaction((tx) =>
    first
      ? openSystemSignal(tx, core, "invariant_violated", id, { count })
      : clearSystemSignal(tx, core, "invariant_violated", id),
  );
  if (!isNews) return;
  if (first) log.error({ invariant: id, count, first }, `an invariant does not hold: ${title}`);
  else log.info({ invariant: id }, `an invariant holds again: ${title}`);
}
