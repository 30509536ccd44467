import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { ChannelKind } from "#lib/deliveries/types.ts";
import type { Core } from "#lib/platform/core.ts";
import {
  findPolicies,
  isFailing,
  isOff,
  type PolicyRow,
  quietOf,
  type StepRow,
} from "./load-policies.ts";
import type { PoliciesView, PolicyView, StepState } from "./types.ts";

/** All escalation policies in their order. Throws `forbidden`. */
export async function readPolicies(core: Core, actor: Actor): Promise<PoliciesView> {
  requirePermission(actor, "alerts.read");
  return {
    rows: (await findPolicies(core.db)).map(toView),
    may: { configure: can(actor, "alerts.configure") },
    readAt: core.now().toISOString(),
  };
}

export const versionOf = (row: { updatedAt: Date }): string => row.updatedAt.toISOString();

function toView(row: PolicyRow): PolicyView {
  const { id, name, kinds, severityFloor, repeatAfterMs, repeats } = row;
  return {
    ...{ id, name, kinds, severityFloor, repeatAfterMs, repeats },
    quiet: quietOf(row),
    version: versionOf(row),
    steps: row.steps.map((step) => ({
      afterMs: step.afterMs,
      endpoint: {
        id: step.endpointId,
        name: step.endpoint.name,
        channel: step.endpoint.channel as ChannelKind,
      },
      state: stateOf(step),
      includesMock: step.endpoint.includesMock,
      user: step.user ? { id: step.user.id, name: step.user.name } : null,
    })),
  };
}

function stateOf(step: StepRow): StepState {
  if (isOff(step)) return "off";
  if (step.user?.disabledAt) return "person_gone";
  return isFailing(step) ? "failing" : "well";
}
