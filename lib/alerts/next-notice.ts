/** Who is told of an alert that nobody takes, and when. Pure. */
import { JOIN_QUIET_MS, RESUME_WITHIN_MS, RETRY_MS, SETTLE_MS } from "./alert-policy.ts";
import { quietUntil } from "./policies/quiet-hours.ts";
import type { QuietHours } from "./policies/types.ts";
import { type AlertSeverity, SEVERITIES } from "./types.ts";

export type Step = {
  /** After the alert opened. */
  afterMs: number;
  endpointId: string;
  endpointName: string;
  /** Nothing is sent to it: it is deleted, switched off or paused. */
  isOff: boolean;
  /** Its last tries failed, so that nothing may come of this one for a while. */
  isFailing: boolean;
  includesMock: boolean;
  person: { name: string; address: string; isGone: boolean } | null;
};

export type Policy = {
  id: string;
  name: string;
  /** Empty: all. */
  kinds: readonly string[];
  severityFloor: AlertSeverity;
  repeatAfterMs: number | null;
  repeats: number;
  quiet: QuietHours | null;
  steps: readonly Step[];
};

type About = { kind: string; severity: AlertSeverity; isMock: boolean };

/** Where an alert stands in its policy; `step` from 0. */
export type Place = { step: number; round: number };
export type Next = Place & { at: Date };
export type Passed = { why: "off" | "mock" | "person_gone" };
/** A step whose time has come: told, or passed over. */
export type Turn = Place & { to: Step; passed: Passed["why"] | null };

const isAtLeast = (severity: AlertSeverity, floor: AlertSeverity): boolean =>
  SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);

/** Of policies in their order, the first that is for such an alert; one that reaches nobody now only where all do so. */
export function fittingPolicy(policies: readonly Policy[], about: About): Policy | null {
  const fitting = policies.filter(
    ({ kinds, severityFloor, steps }) =>
      (kinds.length === 0 || kinds.includes(about.kind)) &&
      isAtLeast(about.severity, severityFloor) &&
      // Nobody is told of what is mocked who doesn't ask for it.
      (!about.isMock || steps.some(({ includesMock }) => includesMock)),
  );
  const reaching = fitting.find(({ steps }) => steps.some((step) => !whyPassed(step, about)));
  return reaching ?? fitting[0] ?? null;
}

/** Of an alert that is open since now; null where nobody is to be told. */
export function firstNotice(policy: Policy | null, about: About, now: Date): Next | null {
  const [first] = policy?.steps ?? [];
  if (!policy || !first) return null;
  const at = new Date(now.getTime() + Math.max(SETTLE_MS, first.afterMs));
  return { step: 0, round: 0, at: afterQuiet(policy, about, at) };
}

/**
 * Of an alert that has come back, told of last at `toldAt`: it goes on where it was, so that one which comes and goes
 * isn't told to the first again and again and to the second never. After the last step, or longer ago, it begins anew.
 */
export function resumedNotice(
  policy: Policy,
  about: About,
  { step, round }: Place,
  toldAt: Date,
  now: Date,
): Next | null {
  const anew = firstNotice(policy, about, now);
  const over = toldAt.getTime() + RESUME_WITHIN_MS;
  if (!anew || over <= now.getTime()) return anew;
  const after = (ms: number) =>
    afterQuiet(policy, about, new Date(Math.max(now.getTime() + SETTLE_MS, ms)));
  const [told, next] = [policy.steps[step - 1], policy.steps[step]];
  if (told && next) {
    return { step, round, at: after(toldAt.getTime() + next.afterMs - told.afterMs) };
  }
  const isRepeat = step === 0 && round > 0 && policy.repeatAfterMs !== null;
  return isRepeat
    ? { step, round, at: after(toldAt.getTime() + (policy.repeatAfterMs ?? 0)) }
    : { step: 0, round: 0, at: after(over) };
}

/**
 * Of an alert that opens while people are being told of others like it (`crowds.ts`): it goes on with theirs. Where
 * nobody hears of those any more, or not before long, it begins anew, but not within half an hour of what was told last.
 * @param told of the others: when somebody was told last, and who is next
 */
export function joinedNotice(
  policy: Policy,
  about: About,
  { step, round, at, toldAt }: Place & { at: Date | null; toldAt: Date },
  now: Date,
): Next | null {
  const over = new Date(toldAt.getTime() + JOIN_QUIET_MS);
  // The policy may have lost that step meanwhile.
  if (at && at <= over && policy.steps[step]) return { step, round, at };
  const anew = firstNotice(policy, about, now);
  if (!anew || over <= anew.at) return anew;
  return { ...anew, at: afterQuiet(policy, about, over) };
}

/**
 * What is due of a policy: the steps whose turn it is, and what comes after them. A step that leads nowhere is
 * passed over at once, and one that seems to is not waited for. Waits between steps count from when the one before
 * was told, so that everybody has his time even after a pause of ours or of theirs. A round in which nobody could be
 * told is tried again (`isRetry`) for as long as it takes.
 * @param place `isTold`: somebody was told of this very alert since it opened
 */
export function dueNotices(
  policy: Policy,
  about: About,
  place: Place & { isTold: boolean },
  now: Date,
): { turns: Turn[]; next: Next | null; isRetry: boolean } {
  const held = afterQuiet(policy, about, now);
  const { round, isTold } = place;
  // Whoever waits for a step that the policy has lost, and was never told of, begins at the first.
  let step = isTold || policy.steps[place.step] ? place.step : 0;
  if (held > now) return { turns: [], next: { step, round, at: held }, isRetry: false };
  const turns: Turn[] = [];
  for (; step < policy.steps.length; step += 1) {
    const to = policy.steps[step];
    if (!to) break;
    const passed = whyPassed(to, about);
    turns.push({ step, round, to, passed });
    const following = policy.steps[step + 1];
    if (passed || to.isFailing || !following) continue;
    const waitMs = following.afterMs - to.afterMs;
    if (waitMs > 0) {
      const at = afterQuiet(policy, about, new Date(now.getTime() + waitMs));
      return { turns, next: { step: step + 1, round, at }, isRetry: false };
    }
  }
  // Later in a round somebody was told, but of what joined others there. Mocks stay with those who ask for them.
  const isRetry =
    (place.step === 0 || !isTold) &&
    turns.every(({ passed }) => passed !== null) &&
    turns.some(({ passed }) => passed !== "mock");
  if (!isRetry) return { turns, next: again(policy, about, round, now), isRetry };
  const at = afterQuiet(policy, about, new Date(now.getTime() + RETRY_MS));
  return { turns, next: { step: 0, round, at }, isRetry };
}

/** The first step of the next round. */
function again(policy: Policy, about: About, round: number, now: Date): Next | null {
  const { repeatAfterMs, repeats } = policy;
  if (repeatAfterMs === null || round >= repeats) return null;
  const at = afterQuiet(policy, about, new Date(now.getTime() + repeatAfterMs));
  return { step: 0, round: round + 1, at };
}

function whyPassed({ isOff, includesMock, person }: Step, { isMock }: About): Passed["why"] | null {
  if (isMock && !includesMock) return "mock";
  if (isOff) return "off";
  return person?.isGone ? "person_gone" : null;
}

/** Not before the quiet hours are over, unless it is severe enough. */
export function afterQuiet({ quiet }: Policy, { severity }: About, at: Date): Date {
  if (!quiet || (quiet.floor !== null && isAtLeast(severity, quiet.floor))) return at;
  return quietUntil(quiet, at) ?? at;
}
