/** Escalation policies as pages see them. */
import type { ChannelKind } from "#lib/deliveries/types.ts";
import type { AlertSeverity } from "../types.ts";

/** Minutes of the day in a time zone. From later than to: overnight. */
export type QuietHours = {
  from: number;
  to: number;
  timeZone: string;
  /** At least as severe gets through; null: nothing does. */
  floor: AlertSeverity | null;
};

/**
 * Whether a step reaches anybody as things are. `off` and `person_gone` are passed over; what is sent to one that is
 * `failing` may not arrive, so that the next isn't kept waiting.
 */
export type StepState = "well" | "off" | "person_gone" | "failing";

export type StepView = {
  /** After the alert opened. */
  afterMs: number;
  endpoint: { id: string; name: string; channel: ChannelKind };
  state: StepState;
  includesMock: boolean;
  /** Then the mail goes to this person. */
  user: { id: string; name: string } | null;
};

export type PolicyView = {
  id: string;
  name: string;
  /** Empty: all kinds. */
  kinds: string[];
  severityFloor: AlertSeverity;
  steps: StepView[];
  repeatAfterMs: number | null;
  repeats: number;
  quiet: QuietHours | null;
  /** Handed back with an edit, which fails where somebody else came first. */
  version: string;
};

export type PoliciesView = {
  /** The first that fits an alert is its own. */
  rows: PolicyView[];
  may: { configure: boolean };
  readAt: string;
};

/** Whom a step can name. */
export type Recipients = {
  endpoints: { id: string; name: string; channel: ChannelKind; isOn: boolean }[];
  people: { id: string; name: string; email: string }[];
  may: { addEndpoint: boolean };
};
