/** Who was told of what went wrong, and what people did about it, by the verbs that they use. */
import type { Actor } from "#lib/access/actor.ts";
import { acknowledgeAlerts } from "#lib/alerts/acknowledge-alerts.ts";
import type { AlertKind } from "#lib/alerts/alert-policy.ts";
import { assignAlerts } from "#lib/alerts/assign-alerts.ts";
import { noteOnAlert } from "#lib/alerts/note-on-alert.ts";
import { type PolicyEdit, savePolicy } from "#lib/alerts/policies/save-policy.ts";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { resolveAlerts } from "#lib/alerts/resolve-alerts.ts";
import { sendNotices } from "#lib/alerts/send-notices.ts";
import { snoozeAlerts } from "#lib/alerts/snooze-alerts.ts";
import type { SeenAlert } from "#lib/alerts/types.ts";
import { wakeAlerts } from "#lib/alerts/wake-alerts.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { hoursAgo } from "./hours-ago.ts";
import type { StoryEndpoints } from "./tell-deliveries.ts";
import type { People } from "./tell-inventory.ts";

const REQUEST = { address: null, correlationId: null };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Money at risk wakes people; the rest waits for the morning. */
export async function openStoryPolicies(
  then: Runtime,
  { admin, operator }: People,
  { shop, night }: StoryEndpoints,
): Promise<void> {
  const save = async (wish: Omit<PolicyEdit, "id" | "version">) => {
    const saved = await savePolicy(then, admin, { id: null, version: null, ...wish }, REQUEST);
    if (saved.kind !== "saved") throw new Error(`No policy: ${JSON.stringify(saved.problems)}`);
  };
  await save({
    name: "Money at risk",
    severityFloor: "critical",
    steps: [
      { afterMs: 0, endpointId: shop },
      { afterMs: 15 * MINUTE_MS, endpointId: night, userId: idOf(operator) },
    ],
    repeatAfterMs: 30 * MINUTE_MS,
    repeats: 2,
  });
  await save({
    name: "Everything else",
    severityFloor: "warning",
    steps: [
      { afterMs: 10 * MINUTE_MS, endpointId: shop },
      { afterMs: HOUR_MS, endpointId: night },
    ],
    quiet: { from: 22 * 60, to: 7 * 60, timeZone: "Asia/Kolkata", floor: "critical" },
  });
}

type Act = (then: Runtime, actor: Actor, alert: SeenAlert) => Promise<unknown>;
type Decision = { hoursAgo: number; by: keyof People; kind: AlertKind; act: Act };

const acknowledge =
  (forMs: number, note: string): Act =>
  (then, actor, alert) =>
    acknowledgeAlerts(then, actor, { alerts: [alert], forMs, note });
const resolve =
  (reason: string): Act =>
  (then, actor, alert) =>
    resolveAlerts(then, actor, { alerts: [alert], reason });
const note =
  (words: string): Act =>
  (then, actor, { id }) =>
    noteOnAlert(then, actor, { id, note: words });
const take: Act = (then, actor, alert) =>
  assignAlerts(then, actor, { alerts: [alert], assigneeId: idOf(actor) });
const snooze =
  (forMs: number, words: string): Act =>
  (then, actor, alert) =>
    snoozeAlerts(then, actor, { alerts: [alert], forMs, wakesWorse: true, note: words });

/** Oldest first. One acknowledgement runs out; whoever gave it had gone home. */
const DECISIONS: readonly Decision[] = [
  {
    ...{ hoursAgo: 15.2, by: "operator", kind: "order_failed" },
    act: acknowledge(HOUR_MS, "Asking the supplier what happened"),
  },
  {
    ...{ hoursAgo: 14.6, by: "operator", kind: "order_failed" },
    act: note("Their desk says that the goods are out until Monday"),
  },
  {
    ...{ hoursAgo: 14.4, by: "operator", kind: "order_failed" },
    act: resolve("The money is back, and the customer took something else"),
  },
  { hoursAgo: 9.3, by: "operator", kind: "cancelled_after_payment", act: take },
  {
    ...{ hoursAgo: 9.2, by: "operator", kind: "cancelled_after_payment" },
    act: acknowledge(4 * HOUR_MS, "Waiting for the refund"),
  },
  {
    ...{ hoursAgo: 5.8, by: "operator", kind: "codes_short" },
    act: snooze(24 * HOUR_MS, "The supplier sends the missing code tomorrow"),
  },
  {
    ...{ hoursAgo: 0, by: "admin", kind: "unattributed_supplier_order" },
    act: acknowledge(4 * HOUR_MS, "Asking who else has our key"),
  },
];

/** What happened between the story's chapters: notices, decisions, and what time brings back. */
export function openNight(runtime: Runtime, people: People) {
  const waiting = [...DECISIONS];
  return {
    /** Goes on to so many hours ago. */
    async until(hours: number): Promise<void> {
      for (const next of waiting.filter((decision) => decision.hoursAgo >= hours)) {
        waiting.splice(waiting.indexOf(next), 1);
        const then = hoursAgo(runtime, next.hoursAgo);
        await pass(then);
        await decide(then, people[next.by], next);
      }
      await pass(hoursAgo(runtime, hours));
    },
  };
}

/** What an engine does for alerts, at that time. */
async function pass(then: Runtime): Promise<void> {
  while ((await raiseAlerts(then)) === "again");
  while ((await wakeAlerts(then)) === "again");
  while ((await sendNotices(then)) === "again");
}

async function decide(then: Runtime, actor: Actor, { kind, act }: Decision): Promise<void> {
  const alert = await then.db.alert.findFirst({
    where: { kind, state: { not: "resolved" }, isMock: false },
    orderBy: { id: "desc" },
    select: { id: true, version: true, occurrences: true },
  });
  if (alert) await act(then, actor, alert);
}

const idOf = (actor: Actor): string | null => (actor.kind === "user" ? actor.id : null);
