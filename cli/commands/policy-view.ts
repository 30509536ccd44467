import type { PolicyView, StepState } from "#lib/alerts/policies/types.ts";

const MINUTE = 60_000;
const STATES: Record<StepState, string> = {
  well: "",
  off: " (passed over: off)",
  person_gone: " (passed over: gone)",
  failing: " (fails just now)",
};

/** A policy as a person reads it. */
export function policyText(policy: PolicyView): string {
  const { name, kinds, severityFloor, steps, repeatAfterMs, repeats, quiet } = policy;
  const lines = steps.map(({ afterMs, endpoint, user, state }) => {
    const to = user ? `${user.name} by ${endpoint.name}` : endpoint.name;
    return `  after ${afterMs / MINUTE} min: ${to}${STATES[state]}`;
  });
  return [
    `${name}: ${severityFloor} and worse, ${kinds.length === 0 ? "all kinds" : kinds.join(", ")}`,
    ...lines,
    ...(repeatAfterMs !== null && repeats > 0
      ? [`  again every ${repeatAfterMs / MINUTE} min, ${repeats} times`]
      : []),
    ...(quiet
      ? [
          `  quiet ${clock(quiet.from)} to ${clock(quiet.to)} ${quiet.timeZone}, but for ${quiet.floor ?? "nothing"}`,
        ]
      : []),
  ].join("\n");
}

export const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
