import { describe, expect, it } from "vitest";
import { JOIN_QUIET_MS, RETRY_MS, SETTLE_MS } from "./alert-policy.ts";
import {
  dueNotices,
  firstNotice,
  fittingPolicy,
  joinedNotice,
  type Policy,
  resumedNotice,
  type Step,
} from "./next-notice.ts";

const MINUTE = 60_000;
const NOW = new Date("2026-06-15T12:00:00Z");
const later = (ms: number) => new Date(NOW.getTime() + ms);

const step = (minutes: number, facts: Partial<Step> = {}): Step => ({
  ...{ afterMs: minutes * MINUTE, endpointId: `e${minutes}`, endpointName: `E${minutes}` },
  ...{ isOff: false, isFailing: false, includesMock: false, person: null },
  ...facts,
});
const policy = (facts: Partial<Policy> = {}): Policy => ({
  ...{ id: "p", name: "P", kinds: [], severityFloor: "warning", repeatAfterMs: null, repeats: 0 },
  ...{ quiet: null, steps: [step(0), step(10), step(30)] },
  ...facts,
});
const about = { kind: "stalled", severity: "warning", isMock: false } as const;
const start = { step: 0, round: 0 };
const names = ({ turns }: ReturnType<typeof dueNotices>) =>
  turns.map(({ to, passed }) => (passed ? `${to.endpointName} ${passed}` : to.endpointName));

describe("fittingPolicy", () => {
  it("is the first that is for the kind and as severe as that", () => {
    const all = [
      policy({ id: "money", kinds: ["balance_low"] }),
      policy({ id: "bad", severityFloor: "critical" }),
      policy({ id: "rest", severityFloor: "info" }),
    ];
    const fits = (kind: string, severity: "info" | "warning" | "critical", isMock = false) =>
      fittingPolicy(all, { kind, severity, isMock })?.id;
    expect(fits("balance_low", "warning")).toBe("money");
    expect(fits("balance_low", "info")).toBe("rest");
    expect(fits("stalled", "critical")).toBe("bad");
    expect(fits("stalled", "warning")).toBe("rest");
    expect(fits("stalled", "info", true)).toBeUndefined();
    expect(fittingPolicy([], about)).toBeNull();
  });

  it("is one that reaches somebody now, where any does", () => {
    const dead = policy({ id: "dead", steps: [step(0, { isOff: true })] });
    const half = policy({ id: "half", steps: [step(0, { isOff: true }), step(5)] });
    const gone = { name: "A", address: "a@b.c", isGone: true };
    const left = policy({ id: "left", steps: [step(0, { person: gone })] });
    expect(fittingPolicy([dead, left, half], about)?.id).toBe("half");
    expect(fittingPolicy([dead, left], about)?.id).toBe("dead");
    const mocked = policy({ id: "mock", steps: [step(0, { includesMock: true, isOff: true })] });
    expect(fittingPolicy([mocked, half], { ...about, isMock: true })?.id).toBe("mock");
  });
});

describe("firstNotice", () => {
  it("comes at the first step's time, but not before the alert has settled", () => {
    expect(firstNotice(policy(), about, NOW)).toEqual({ ...start, at: later(SETTLE_MS) });
    const late = policy({ steps: [step(5)] });
    expect(firstNotice(late, about, NOW)?.at).toEqual(later(5 * MINUTE));
    expect(firstNotice(null, about, NOW)).toBeNull();
  });

  it("waits for the end of quiet hours, unless it is severe enough", () => {
    const quiet = { from: 0, to: 18 * 60, timeZone: "Asia/Kolkata", floor: "critical" } as const;
    const held = policy({ quiet });
    expect(firstNotice(held, about, NOW)?.at).toEqual(new Date("2026-06-15T12:30:00Z"));
    const worse = { ...about, severity: "critical" } as const;
    expect(firstNotice(held, worse, NOW)?.at).toEqual(later(SETTLE_MS));
    const never = policy({ quiet: { ...quiet, floor: null } });
    expect(firstNotice(never, worse, NOW)?.at).toEqual(new Date("2026-06-15T12:30:00Z"));
  });
});

describe("dueNotices", () => {
  const at = (step: number, round = 0, isTold = step + round > 0) => ({ step, round, isTold });

  it("goes from step to step, each with its own wait, and ends", () => {
    const first = dueNotices(policy(), about, at(0), NOW);
    expect(names(first)).toEqual(["E0"]);
    expect(first.next).toEqual({ step: 1, round: 0, at: later(10 * MINUTE) });
    const second = dueNotices(policy(), about, at(1), NOW);
    expect(names(second)).toEqual(["E10"]);
    expect(second.next?.at).toEqual(later(20 * MINUTE));
    const last = dueNotices(policy(), about, at(2), NOW);
    expect(names(last)).toEqual(["E30"]);
    expect(last.next).toBeNull();
  });

  it("tells those of the same time at once", () => {
    const both = policy({ steps: [step(0), step(0), step(10)] });
    expect(names(dueNotices(both, about, at(0), NOW))).toEqual(["E0", "E0"]);
  });

  it("passes over what leads nowhere, and doesn't wait for what seems to", () => {
    const gone = { name: "A", address: "a@b.c", isGone: true };
    const steps = [step(0, { isOff: true }), step(5, { person: gone }), step(10), step(30)];
    const due = dueNotices(policy({ steps }), about, at(0), NOW);
    expect(names(due)).toEqual(["E0 off", "E5 person_gone", "E10"]);
    expect(due.next).toEqual({ step: 3, round: 0, at: later(20 * MINUTE) });
    const failing = policy({ steps: [step(0, { isFailing: true }), step(10), step(30)] });
    expect(names(dueNotices(failing, about, at(0), NOW))).toEqual(["E0", "E10"]);
  });

  it("begins again as often as it says", () => {
    const repeating = policy({ steps: [step(0)], repeatAfterMs: 15 * MINUTE, repeats: 1 });
    expect(dueNotices(repeating, about, at(0), NOW).next).toEqual({
      ...{ step: 0, round: 1, at: later(15 * MINUTE) },
    });
    expect(dueNotices(repeating, about, at(0, 1), NOW).next).toBeNull();
  });

  it("tells nobody in hours that have become quiet, and goes on where it was", () => {
    const quiet = { from: 0, to: 18 * 60, timeZone: "Asia/Kolkata", floor: null };
    expect(dueNotices(policy({ quiet }), about, at(1, 2), NOW)).toEqual({
      turns: [],
      next: { step: 1, round: 2, at: new Date("2026-06-15T12:30:00Z") },
      isRetry: false,
    });
  });

  it("tells of what is mocked only whoever asks for it", () => {
    const steps = [step(0), step(5, { includesMock: true })];
    const due = dueNotices(policy({ steps }), { ...about, isMock: true }, at(0), NOW);
    expect(names(due)).toEqual(["E0 mock", "E5"]);
  });

  it("ends where the policy has fewer steps by now", () => {
    expect(dueNotices(policy(), about, at(7), NOW)).toEqual({
      turns: [],
      next: null,
      isRetry: false,
    });
  });

  it("begins anew where nobody was told yet of what joined others in the middle of a round", () => {
    const last = policy({ steps: [step(0), step(10, { isOff: true })] });
    const due = dueNotices(last, about, at(1, 0, false), NOW);
    expect(due).toMatchObject({ next: { ...start, at: later(RETRY_MS) }, isRetry: true });
    expect(dueNotices(last, about, at(1), NOW)).toMatchObject({ next: null, isRetry: false });
  });

  it("tries a round again in which nobody could be told, for as long as it takes", () => {
    const gone = { name: "A", address: "a@b.c", isGone: true };
    const dead = [step(0, { isOff: true }), step(10, { person: gone })];
    for (const round of [0, 2]) {
      const repeating = policy({ steps: dead, repeatAfterMs: 60 * MINUTE, repeats: 2 });
      const due = dueNotices(repeating, about, at(0, round), NOW);
      expect(names(due)).toEqual(["E0 off", "E10 person_gone"]);
      expect(due).toMatchObject({ next: { step: 0, round, at: later(RETRY_MS) }, isRetry: true });
    }
    const last = policy({ steps: [step(0), step(10, { isOff: true })] });
    expect(dueNotices(last, about, at(1), NOW)).toMatchObject({ next: null });
    const unasked = policy({ steps: [step(0, { isOff: true })] });
    expect(dueNotices(unasked, { ...about, isMock: true }, at(0), NOW).next).toBeNull();
  });
});

describe("of a policy that has lost steps", () => {
  const short = policy({ steps: [step(0)] });

  it("whoever was never told begins at the first, and whoever was is through", () => {
    const place = { step: 2, round: 0 };
    expect(names(dueNotices(short, about, { ...place, isTold: false }, NOW))).toEqual(["E0"]);
    expect(dueNotices(short, about, { ...place, isTold: true }, NOW)).toMatchObject({
      ...{ turns: [], next: null },
    });
  });
});

describe("joinedNotice", () => {
  const told = later(-4 * MINUTE);
  const joined = (at: Date | null, toldAt = told, facts: Partial<Policy> = {}) =>
    joinedNotice(policy(facts), about, { step: 1, round: 0, at, toldAt }, NOW);

  it("goes on with what is told of the others", () => {
    const at = later(6 * MINUTE);
    expect(joined(at)).toEqual({ step: 1, round: 0, at });
  });

  it("begins anew where the policy has lost the step of the others", () => {
    expect(joined(later(6 * MINUTE), told, { steps: [step(0)] })).toEqual({
      ...start,
      at: new Date(told.getTime() + JOIN_QUIET_MS),
    });
  });

  it("begins anew once nobody hears of them for half an hour", () => {
    const again = { ...start, at: new Date(told.getTime() + JOIN_QUIET_MS) };
    expect(joined(null)).toEqual(again);
    expect(joined(later(24 * 60 * MINUTE))).toEqual(again);
    expect(joined(null, later(-60 * MINUTE))).toEqual({ ...start, at: later(SETTLE_MS) });
    expect(joined(null, told, { steps: [] })).toBeNull();
  });

  it("keeps to quiet hours", () => {
    const quiet = { from: 12 * 60 + 10, to: 13 * 60, timeZone: "UTC", floor: null };
    const at = new Date("2026-06-15T13:00:00Z");
    expect(joined(null, told, { quiet })).toEqual({ ...start, at });
  });
});

describe("resumedNotice", () => {
  const told = later(-4 * MINUTE);
  const resumed = (facts: Partial<Policy>, step: number, round: number, toldAt = told) =>
    resumedNotice(policy(facts), about, { step, round }, toldAt, NOW);

  it("goes on with what would have come", () => {
    expect(resumed({}, 1, 0)).toEqual({ step: 1, round: 0, at: later(6 * MINUTE) });
    expect(resumed({}, 1, 0, later(-15 * MINUTE))).toEqual({
      ...{ step: 1, round: 0, at: later(SETTLE_MS) },
    });
    expect(resumed({ repeatAfterMs: 20 * MINUTE, repeats: 2 }, 0, 1)).toEqual({
      ...{ step: 0, round: 1, at: later(16 * MINUTE) },
    });
  });

  it("begins anew an hour after everybody was told", () => {
    expect(resumed({}, 3, 0)).toEqual({ ...start, at: later(56 * MINUTE) });
    expect(resumed({}, 1, 0, later(-60 * MINUTE))).toEqual({ ...start, at: later(SETTLE_MS) });
  });
});
