import { describe, expect, it } from "vitest";
import {
  ALERT_KINDS,
  type AlertKind,
  GROUP_FROM,
  GROUP_WITHIN_MS,
  JOIN_QUIET_MS,
  SYMPTOMS,
} from "./alert-policy.ts";
import {
  groupSubject,
  hasGotWorse,
  isNewsAgain,
  type KnownAlert,
  planRaises,
  type UntoldSignal,
} from "./plan-raises.ts";

const now = new Date("2026-11-22T12:00:00Z");
const ACCOUNT = "account";
let count = 0;

const signal = (facts: Partial<UntoldSignal> = {}): UntoldSignal => {
  count += 1;
  const order = `order ${count}`;
  return {
    ...{ id: `signal ${count}`, source: "order", kind: "stalled", subject: order, orderId: order },
    ...{ supplierId: ACCOUNT, isMock: false, openedAt: now, data: {} },
    ...facts,
  };
};

const alert = (facts: Partial<KnownAlert> = {}): KnownAlert => {
  count += 1;
  return {
    ...{ id: `alert ${count}`, kind: "stalled", subject: `order ${count}`, isGroup: false },
    ...{ severity: "warning", state: "open", supplierId: ACCOUNT, isMock: false, openedAt: now },
    ...{ lastAt: now, standing: 1, toldStanding: null, isToldOut: false },
    ...{ snoozedSeverity: null, occurrences: 1, seenOccurrences: null },
    ...{ isOutage: false, isUntouched: true },
    ...facts,
  };
};

const many = (length: number, facts: Partial<UntoldSignal> = {}) =>
  Array.from({ length }, () => signal(facts));
const singles = (length: number, facts: Partial<KnownAlert> = {}) =>
  Array.from({ length }, () => alert(facts));
/** How, what, how many signals, how many taken in. */
const brief = (signals: UntoldSignal[], known: KnownAlert[] = []) =>
  planRaises(signals, known, now).map(({ how, alert: of, signals: its, folded }) => [
    ...[how, `${of.kind}${of.isGroup ? " group" : ""}`, its.length, folded.length],
  ]);

describe("a signal", () => {
  it("opens, joins or reopens the alert of the same thing", () => {
    expect(brief([signal()])).toEqual([["open", "stalled", 1, 0]]);
    expect(brief([signal({ subject: "x" })], [alert({ subject: "x" })])).toEqual([
      ["join", "stalled", 1, 0],
    ]);
    expect(brief([signal({ subject: "x" })], [alert({ subject: "x", state: "resolved" })])).toEqual(
      [["reopen", "stalled", 1, 0]],
    );
  });

  it("joins what is unresolved rather than what is past, and its own rather than a group", () => {
    const known = [
      alert({ subject: "x", state: "resolved" }),
      alert({ subject: "x", state: "snoozed" }),
      alert({ subject: ACCOUNT, isGroup: true }),
    ];
    expect(planRaises([signal({ subject: "x" })], known, now)).toMatchObject([
      { how: "join", alert: { id: known[1]?.id } },
    ]);
  });

  it("joins the group of its kind, even one that somebody has taken", () => {
    const group = alert({ subject: ACCOUNT, isGroup: true, state: "acknowledged" });
    expect(brief([signal()], [group])).toEqual([["join", "stalled group", 1, 0]]);
    expect(brief([signal({ kind: "slow" })], [group])).toEqual([["open", "slow", 1, 0]]);
  });
});

describe("many signals", () => {
  it.each([
    [GROUP_FROM, 0, "stalled group"],
    [1, GROUP_FROM - 1, "stalled group"],
    [GROUP_FROM - 1, 0, "stalled"],
    [1, GROUP_FROM - 2, "stalled"],
  ])("%i new and %i others are %s", (fresh, others, kind) => {
    const [first] = brief(many(fresh), singles(others));
    expect(first?.[1]).toBe(kind);
    if (kind === "stalled group") expect(first).toEqual(["open", kind, fresh, others]);
  });

  it.each<[string, Partial<KnownAlert>]>([
    ["touched", { isUntouched: false }],
    ["acknowledged", { state: "acknowledged" }],
    ["old", { openedAt: new Date(now.getTime() - GROUP_WITHIN_MS - 1) }],
    ["of another kind", { kind: "slow" }],
    ["of another account", { supplierId: "other" }],
    ["of mock orders", { isMock: true }],
  ])("that are %s don't count and aren't taken in", (_, facts) => {
    expect(brief([signal()], singles(9, facts))).toEqual([["open", "stalled", 1, 0]]);
    expect(brief(many(GROUP_FROM), singles(9, facts))).toEqual([
      ["open", "stalled group", GROUP_FROM, 0],
    ]);
  });

  it("of kinds that stand alone, or of no account, are no group", () => {
    expect(brief(many(9, { kind: "unconfirmed" }))).toHaveLength(9);
    expect(brief(many(9, { supplierId: null }))).toHaveLength(9);
  });

  it("of mock orders have a group of their own", () => {
    const raises = planRaises([...many(9), ...many(9, { isMock: true })], [], now);
    expect(raises.map(({ alert: { subject, severity } }) => [subject, severity])).toEqual([
      [ACCOUNT, "warning"],
      [groupSubject(ACCOUNT, true), "info"],
    ]);
  });
});

describe("an outage", () => {
  const down = () =>
    signal({ kind: "supplier_down", source: "system", subject: ACCOUNT, orderId: null });

  it("takes what comes with it, whatever stands first, and what came shortly before", () => {
    expect(
      brief(
        [...many(9), ...many(9, { kind: "slow" }), down()],
        [...singles(3), alert({ isGroup: true, subject: ACCOUNT, kind: "slow" })],
      ),
    ).toEqual([["open", "supplier_down", 19, 4]]);
  });

  it("that is back takes nothing more in", () => {
    const over = alert({ kind: "supplier_down", subject: ACCOUNT, severity: "critical" });
    expect(brief([signal()], [over])).toEqual([["open", "stalled", 1, 0]]);
    expect(brief([signal()], [{ ...over, isOutage: true }])).toEqual([
      ["join", "supplier_down", 1, 0],
    ]);
  });

  it.each<AlertKind>([
    ...(["code_changed", "cancelled_after_payment", "order_failed", "partial"] as const),
    ...(["code_repeated", "codes_extra", "delivery_failed", "unknown_word"] as const),
  ])("neither hides nor takes in %s, that it doesn't bring about", (kind) => {
    const stands = alert({ kind: "key_refused", subject: ACCOUNT, severity: "critical" });
    expect(brief([signal({ kind })], [{ ...stands, isOutage: true }])).toEqual([
      ["open", kind, 1, 0],
    ]);
    expect(brief([down()], singles(3, { kind }))).toEqual([["open", "supplier_down", 1, 0]]);
  });

  it("brings about only what a rule ends", () => {
    for (const kind of SYMPTOMS) {
      expect(ALERT_KINDS[kind], kind).toMatchObject({ ends: "rule", about: "order", groups: true });
    }
  });

  it("leaves alone what a person works on, mock orders, other accounts, and kinds that stand alone", () => {
    const known = [
      alert({ isUntouched: false }),
      alert({ isMock: true }),
      alert({ supplierId: "other" }),
      alert({ kind: "unconfirmed" }),
    ];
    const signals = [down(), signal({ kind: "unconfirmed" }), signal({ isMock: true })];
    expect(brief(signals, known)).toEqual([
      ["open", "supplier_down", 1, 0],
      ["open", "unconfirmed", 1, 0],
      ["open", "stalled", 1, 0],
    ]);
  });

  it("and another of the same account take in each alert once", () => {
    const refused = signal({ kind: "key_refused", source: "system", subject: ACCOUNT });
    const raises = planRaises([down(), refused], singles(3), now);
    expect(raises.map(({ folded }) => folded.length)).toEqual([3, 0]);
  });
});

describe("a snoozed alert", () => {
  const snoozed = alert({ state: "snoozed", snoozedSeverity: "warning", seenOccurrences: 3 });
  it.each([
    ["warning", 3, false],
    ["info", 2, false],
    ["warning", 4, true],
    ["critical", 3, true],
  ] as const)(
    "that is %s with %i signals in all got worse: %s",
    (severity, occurrences, isWorse) => {
      const by = { severity, occurrences, isAgain: false };
      expect(hasGotWorse(snoozed, by)).toBe(isWorse);
      expect(hasGotWorse({ ...snoozed, state: "open" }, by)).toBe(false);
    },
  );
});

describe("an acknowledged alert", () => {
  const taken = alert({ state: "acknowledged", severity: "warning", seenOccurrences: 8 });
  it.each<[string, Partial<Parameters<typeof hasGotWorse>[1]>, number, boolean]>([
    ["more severe", { severity: "critical" }, 8, true],
    ["a few more", { occurrences: 15 }, 8, false],
    ["twice as much", { occurrences: 16 }, 8, true],
    ["twice as little", { occurrences: 5 }, 1, false],
    ["many where it was one", { occurrences: 6 }, 1, true],
    ["the same once more", { isAgain: true }, 8, true],
  ])("gets worse or not by what is %s", (_, by, seenOccurrences, isWorse) => {
    const now = { severity: "warning" as const, occurrences: 1, isAgain: false, ...by };
    expect(hasGotWorse({ ...taken, seenOccurrences }, now)).toBe(isWorse);
  });
});

describe("what joins an open alert", () => {
  const told = { isToldOut: true, toldStanding: 5, standing: 5 };
  const quiet = new Date(now.getTime() - JOIN_QUIET_MS - 1);
  it.each<[string, Partial<KnownAlert>, number, boolean]>([
    ["soon after", {}, 9, false],
    ["after a quiet", { lastAt: quiet }, 6, true],
    ["and makes it twice as much", {}, 10, true],
    ["that nobody was told of yet", { toldStanding: null }, 90, false],
    ["whose escalation still runs", { isToldOut: false, lastAt: quiet }, 90, false],
    ["that somebody has taken", { state: "acknowledged", lastAt: quiet }, 90, false],
    ["that nothing stood of", { toldStanding: 0, standing: 0 }, 1, false],
  ])("%s", (_, facts, standing, isNews) => {
    const one = alert({ ...told, ...facts });
    expect(isNewsAgain(one, { standing, isAgain: false }, now)).toBe(isNews);
    // The very thing once more is news at once, where nobody is still being told.
    const isTaken = one.state !== "open" || !one.isToldOut;
    expect(isNewsAgain(one, { standing, isAgain: true }, now)).toBe(!isTaken);
  });
});
