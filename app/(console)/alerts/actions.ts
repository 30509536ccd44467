"use server";

import { z } from "zod";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import type { Decision, DecisionTarget } from "#components/alerts/decision.ts";
import { acknowledgeAlerts } from "#lib/alerts/acknowledge-alerts.ts";
import { type AlertFilter, alertFilterParams, parseAlertFilter } from "#lib/alerts/alert-filter.ts";
import { ALERT_ACTIONS, type AlertAction } from "#lib/alerts/alert-policy.ts";
import { assignAlerts } from "#lib/alerts/assign-alerts.ts";
import { noteAction } from "#lib/alerts/note-action.ts";
import { noteOnAlert } from "#lib/alerts/note-on-alert.ts";
import { reopenAlerts } from "#lib/alerts/reopen-alerts.ts";
import { resolveAlerts } from "#lib/alerts/resolve-alerts.ts";
import { snoozeAlerts } from "#lib/alerts/snooze-alerts.ts";
import type { AlertRef, AlertsDecided } from "#lib/alerts/types.ts";
import { wakeNow } from "#lib/alerts/wake-now.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

/** What PostgreSQL can store; how long it may be the verbs say. */
const words = z
  .string()
  .trim()
  .max(2_000)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u);
const note = words.optional();
const forMs = z.int().positive();
const decisionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("acknowledge"), forMs, note }),
  z.strictObject({ kind: z.literal("snooze"), forMs, wakesWorse: z.boolean(), note }),
  z.strictObject({ kind: z.literal("assign"), assigneeId: z.uuid().nullable() }),
  z.strictObject({ kind: z.literal("resolve"), reason: words }),
  z.strictObject({ kind: z.literal("note"), note: words }),
  z.strictObject({ kind: z.literal("wake") }),
  z.strictObject({ kind: z.literal("reopen") }),
] as const);

const targetSchema = z.union([
  z.strictObject({
    alerts: z
      .array(
        z.strictObject({
          ...{ id: z.uuid(), version: z.int().nonnegative() },
          occurrences: z.int().positive().optional(),
        }),
      )
      .min(1)
      .max(1_000),
  }),
  z.strictObject({ matching: z.string().max(4_000), upTo: z.iso.datetime() }),
]);

type Target = { alerts: AlertRef[] } | { matching: AlertFilter; upTo: string };

// What a browser sends may be anything.
function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new KeyholdError("invalid", "input that makes no sense");
  return parsed.data;
}

/** A part of the filter that makes no sense is refused: dropping it would mean more than was asked for. */
function targetOf(input: unknown): Target {
  const target = parse(targetSchema, input);
  if ("alerts" in target) return target;
  const matching = parseAlertFilter(new URLSearchParams(target.matching));
  if (alertFilterParams(matching).toString() !== target.matching) {
    throw new KeyholdError("invalid", "a filter without sense");
  }
  return { matching, upTo: target.upTo };
}

/** What ends an alert says how much of it was seen. */
const seenOf = (target: Target) =>
  "alerts" in target
    ? { alerts: target.alerts.map(({ occurrences = 0, ...ref }) => ({ ...ref, occurrences })) }
    : target;

const MOST_NOTES = 100;

/** Decides upon some alerts, or upon all that match; answers where somebody was quicker. */
export async function decideAction(input: {
  decision: Decision;
  target: DecisionTarget;
}): Promise<ActionResult<AlertsDecided>> {
  return runAction(async (ctx, actor, request) => {
    const decision = parse(decisionSchema, input.decision);
    const target = targetOf(input.target);
    switch (decision.kind) {
      case "acknowledge": {
        const { forMs, note } = decision;
        return acknowledgeAlerts(ctx, actor, { ...target, forMs, ...(note && { note }) }, request);
      }
      case "snooze": {
        const { forMs, wakesWorse, note } = decision;
        const how = { forMs, wakesWorse, ...(note && { note }) };
        return snoozeAlerts(ctx, actor, { ...target, ...how }, request);
      }
      case "assign":
        return assignAlerts(ctx, actor, { ...target, assigneeId: decision.assigneeId }, request);
      case "resolve":
        return resolveAlerts(ctx, actor, { ...seenOf(target), reason: decision.reason }, request);
      case "wake":
        return wakeNow(ctx, actor, target, request);
      case "reopen":
        return reopenAlerts(ctx, actor, target, request);
      case "note": {
        // A note is about something that was read: never about all that happen to match.
        if (!("alerts" in target) || target.alerts.length > MOST_NOTES) {
          throw new KeyholdError("invalid", "a note on too many");
        }
        for (const { id } of target.alerts) {
          await noteOnAlert(ctx, actor, { id, note: decision.note }, request);
        }
        return { done: target.alerts.map(({ id }) => id), lost: [], more: 0 };
      }
    }
  });
}

/** Keeps in an alert's history that a button of its runbook was pressed. */
export async function notePressedAction(
  id: string,
  action: AlertAction,
  orderId: string | null = null,
): Promise<ActionResult<null>> {
  return runAction(async (ctx, actor) => {
    const pressed = {
      id: parse(z.uuid(), id),
      action: parse(z.enum(ALERT_ACTIONS), action),
      orderId: parse(z.uuid().nullable(), orderId),
    };
    await noteAction(ctx, actor, pressed);
    return null;
  });
}
