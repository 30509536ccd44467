import { describe, expect, it } from "vitest";
import { decideGate, type GateFacts } from "./gate-decision.ts";
import { candidates, pass, SETTLED, seconds, sends } from "./gate-facts.fixture.ts";

/** One create is unclear, nothing is listed, and nothing can land any more; seen so twice. */
const facts = (given: Partial<GateFacts> = {}): GateFacts => ({
  isExclusive: false,
  outstanding: 0,
  sends: sends("A"),
  candidates: [],
  isComplete: true,
  settledAt: SETTLED,
  listedAt: seconds(60),
  earlier: [pass(30)],
  now: seconds(61),
  ...given,
});

describe("a frozen gate waits", () => {
  const young = { listedAt: seconds(-100), now: seconds(-90) };

  it.each<[string, Partial<GateFacts>, string, number]>([
    ["while a create is under way", { outstanding: 1 }, "outstanding", 5_000],
    [
      "while a create is under way, whatever else is known",
      { outstanding: 1, isComplete: false },
      "outstanding",
      5_000,
    ],
    ["for a list that was read to its end", { isComplete: false }, "incomplete", 60_000],
    [
      "for that also where as many are listed as were sent",
      { isComplete: false, isExclusive: true, candidates: candidates("s1") },
      "incomplete",
      60_000,
    ],
    ["until nothing can land, on a shared account", young, "settling", 90_000],
    [
      "for that also where all that was sent is listed: it may be somebody else's",
      { ...young, candidates: candidates("s1") },
      "settling",
      90_000,
    ],
    [
      "on an account of our own it looks again meanwhile",
      { ...young, isExclusive: true },
      "settling",
      30_000,
    ],
    [
      "on an account of our own, the last bit of the time",
      { isExclusive: true, listedAt: seconds(-10), now: seconds(-9) },
      "settling",
      9_000,
    ],
    [
      "with a listing that began a moment too early",
      { listedAt: seconds(-0.001), now: seconds(5) },
      "settling",
      1_000,
    ],
    ["for a second look", { earlier: [] }, "second_pass", 30_000],
    ["for a second look that agrees", { earlier: [pass(30, "s1")] }, "second_pass", 30_000],
    [
      "for a second look where another is listed now",
      { sends: sends("A", "B"), candidates: candidates("s2"), earlier: [pass(30, "s1")] },
      "second_pass",
      30_000,
    ],
    ["for more than two looks at once", { earlier: [pass(59), pass(58)] }, "second_pass", 30_000],
    ["for a moment less than long enough", { earlier: [pass(30.001)] }, "second_pass", 30_000],
    [
      "for a look after all had settled: one before that counts for nothing",
      { earlier: [pass(-0.001)] },
      "second_pass",
      30_000,
    ],
    [
      "for two looks in a row: a broken one between them counts against them",
      { earlier: [{ ...pass(45), isComplete: false }, pass(30)] },
      "second_pass",
      30_000,
    ],
    [
      "for two looks in a row: one that showed another between them, too",
      { earlier: [pass(45, "s1"), pass(30)] },
      "second_pass",
      30_000,
    ],
    [
      "for a second look on an account of our own too",
      { isExclusive: true, earlier: [] },
      "second_pass",
      30_000,
    ],
  ])("%s", (_, given, waitsFor, inMs) => {
    expect(decideGate(facts(given))).toEqual({
      kind: "wait",
      waitsFor,
      why:
        given.isComplete === false && !given.outstanding ? expect.stringContaining("list") : null,
      inMs,
    });
  });

  it.each<[string, Partial<GateFacts>, string]>([
    [
      "more are listed than were sent",
      { candidates: candidates("s1", "s2"), earlier: [pass(30, "s1", "s2")] },
      "2 supplier orders fit, and 1 was sent.",
    ],
    [
      "more than were sent, of several",
      { sends: sends("A", "B"), candidates: candidates("s1", "s2", "s3") },
      "3 supplier orders fit, and 2 were sent.",
    ],
    [
      "more than were sent, before all has settled",
      { candidates: candidates("s1", "s2"), listedAt: seconds(-1) },
      "2 supplier orders fit",
    ],
    [
      "one is listed that can't be told",
      {
        candidates: [{ supplierOrderId: "s1", createdAt: null, match: "unclear" }],
        isExclusive: true,
      },
      "too little",
    ],
  ])("for a person where %s", (_, given, why) => {
    expect(decideGate(facts(given))).toEqual({
      kind: "wait",
      waitsFor: "person",
      why: expect.stringContaining(why),
      inMs: 300_000,
    });
  });
});

describe("a frozen gate is resolved", () => {
  it("at once where all that was sent is listed, on an account of our own", () => {
    const early = { listedAt: seconds(-595), now: seconds(-594), earlier: [] };
    expect(
      decideGate(
        facts({
          ...early,
          isExclusive: true,
          sends: sends("A", "B"),
          candidates: candidates("s1", "s2"),
        }),
      ),
    ).toEqual({
      kind: "resolve",
      claims: [
        { orderId: "A", supplierOrderId: "s1" },
        { orderId: "B", supplierOrderId: "s2" },
      ],
      notCreated: [],
    });
  });

  it("oldest to oldest, the rest not created, once two looks in a row agree", () => {
    const given = {
      sends: sends("A", "B", "C"),
      candidates: candidates("s9", "s1"),
      earlier: [pass(30, "s1", "s9")],
    };
    expect(decideGate(facts(given))).toEqual({
      kind: "resolve",
      claims: [
        { orderId: "A", supplierOrderId: "s9" },
        { orderId: "B", supplierOrderId: "s1" },
      ],
      notCreated: ["C"],
    });
  });

  it("with nothing at all listed", () => {
    expect(decideGate(facts())).toEqual({ kind: "resolve", claims: [], notCreated: ["A"] });
  });

  it("when the first of the two began just as all had settled", () => {
    const given = { earlier: [pass(0)], listedAt: seconds(30), now: seconds(31) };
    expect(decideGate(facts(given)).kind).toBe("resolve");
  });

  it("by several looks, however short after each other, that lasted long enough together", () => {
    expect(decideGate(facts({ earlier: [pass(50), pass(40), pass(30)] })).kind).toBe("resolve");
    const late = [pass(50), pass(30), { ...pass(20), isComplete: false }];
    expect(decideGate(facts({ earlier: late })).kind).toBe("resolve");
  });

  it("with one for an order that was made several times: the others are left over", () => {
    const given = {
      sends: sends("A:1", "A:2", "B:1", "A:3"),
      candidates: candidates("s1", "s2", "s3"),
      earlier: [pass(30, "s1", "s2", "s3")],
    };
    expect(decideGate(facts(given))).toEqual({
      kind: "resolve",
      claims: [
        { orderId: "A", supplierOrderId: "s1" },
        { orderId: "B", supplierOrderId: "s2" },
      ],
      notCreated: [],
    });
  });
});
