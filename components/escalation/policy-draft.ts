import type { PolicyEdit } from "#lib/alerts/policies/save-policy.ts";
import type { PolicyView } from "#lib/alerts/policies/types.ts";
import type { AlertSeverity } from "#lib/alerts/types.ts";

const MINUTE = 60_000;

/** A policy as it is typed: numbers are text until it is sent. */
export type StepDraft = {
  /** Tells rows apart while they come and go. */
  key: string;
  minutes: string;
  endpointId: string;
  userId: string;
};

export type PolicyDraft = {
  name: string;
  /** Null: all. */
  kinds: string[] | null;
  severityFloor: AlertSeverity;
  steps: StepDraft[];
  repeats: string;
  repeatMinutes: string;
  /** Null: never quiet. */
  quiet: { from: string; to: string; timeZone: string; floor: AlertSeverity | "none" } | null;
};

export const emptyPolicy = (endpointId: string): PolicyDraft => ({
  name: "",
  kinds: null,
  severityFloor: "warning",
  steps: [{ key: "0", minutes: "0", endpointId, userId: "" }],
  repeats: "0",
  repeatMinutes: "30",
  quiet: null,
});

export function policyDraftOf(policy: PolicyView): PolicyDraft {
  const { name, kinds, severityFloor, steps, repeats, repeatAfterMs, quiet } = policy;
  return {
    name,
    kinds: kinds.length === 0 ? null : kinds,
    severityFloor,
    steps: steps.map(({ afterMs, endpoint, user }, index) => ({
      ...{ key: String(index), minutes: String(afterMs / MINUTE) },
      ...{ endpointId: endpoint.id, userId: user?.id ?? "" },
    })),
    repeats: String(repeats),
    repeatMinutes: String((repeatAfterMs ?? 30 * MINUTE) / MINUTE),
    quiet: quiet && {
      from: clockOf(quiet.from),
      to: clockOf(quiet.to),
      timeZone: quiet.timeZone,
      floor: quiet.floor ?? "none",
    },
  };
}

/** As the server takes it; what is no number stays none, and the server says where. */
export function policyInput(
  draft: PolicyDraft,
  policy: Pick<PolicyView, "id" | "version"> | null,
): PolicyEdit {
  const { name, kinds, severityFloor, steps, quiet } = draft;
  const repeats = numberOf(draft.repeats);
  return {
    id: policy?.id ?? null,
    version: policy?.version ?? null,
    ...{ name, severityFloor, repeats },
    // They come from the table of kinds; the server knows which there are.
    kinds: (kinds ?? []) as NonNullable<PolicyEdit["kinds"]>,
    steps: steps.map(({ minutes, endpointId, userId }) => ({
      afterMs: numberOf(minutes) * MINUTE,
      endpointId,
      userId: userId || null,
    })),
    repeatAfterMs: repeats === 0 ? null : numberOf(draft.repeatMinutes) * MINUTE,
    quiet: quiet && {
      from: minuteOf(quiet.from),
      to: minuteOf(quiet.to),
      timeZone: quiet.timeZone.trim(),
      floor: quiet.floor === "none" ? null : quiet.floor,
    },
  };
}

/** -1 for what is none, which no field takes. */
const numberOf = (text: string): number => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : -1);

/** Minutes of the day, as a clock shows them. */
export const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

export function minuteOf(clock: string): number {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : -1;
}
