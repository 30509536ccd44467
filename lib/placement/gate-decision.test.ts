import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Candidate,
  decideGate,
  type EarlierPass,
  type GateFacts,
  type UnclearSend,
} from "./gate-decision.ts";

const RUNS = { seed: 20_261_121, numRuns: 5_000 };
const SETTLED = new Date("2026-11-21T06:10:00Z");
const seconds = (count: number) => new Date(SETTLED.getTime() + count * 1_000);

/** Creates in the order in which they were sent; the word before the colon is the order. */
const sends = (...words: string[]): UnclearSend[] =>
  words.map((word, at) => ({
    attemptId: word,
    orderId: word.split(":")[0] ?? word,
    at: seconds(-600 + at),
  }));

const candidates = (...ids: string[]): Candidate[] =>
  ids.map((supplierOrderId, at) => ({
    supplierOrderId,
    createdAt: seconds(-599 + at),
    match: "same",
  }));

/** A complete listing so many seconds after all had settled. */
const pass = (atS: number, ...ids: string[]): EarlierPass => ({
  at: seconds(atS),
  isComplete: true,
  candidates: ids.sort(),
});

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

describe("counting never", () => {
  const any: fc.Arbitrary<GateFacts> = fc
    .record({
      isExclusive: fc.boolean(),
      outstanding: fc.constantFrom(0, 0, 0, 1),
      sends: fc
        .array(fc.constantFrom("A", "B", "C"), { minLength: 1, maxLength: 5 })
        .map((words) => sends(...words)),
      ids: fc.uniqueArray(fc.constantFrom("s1", "s2", "s3", "s4", "s5", "s6"), { maxLength: 6 }),
      unclear: fc.constantFrom(false, false, false, true),
      isComplete: fc.constantFrom(true, true, true, false),
      listedIn: fc.integer({ min: -600, max: 600 }),
      tookS: fc.integer({ min: 0, max: 60 }),
      looks: fc.array(
        fc.record({
          gapS: fc.integer({ min: 0, max: 45 }),
          isComplete: fc.constantFrom(true, true, true, false),
          other: fc.constantFrom(null, null, null, "s1", "s7"),
        }),
        { maxLength: 4 },
      ),
    })
    .map(({ ids, unclear, listedIn, tookS, looks, ...rest }) => ({
      ...rest,
      candidates: candidates(...ids).map((one, at) =>
        unclear && at === 0 ? { ...one, match: "unclear" as const } : one,
      ),
      settledAt: SETTLED,
      listedAt: seconds(listedIn),
      now: seconds(listedIn + tookS),
      earlier: looks.map(({ isComplete, other }, at) => ({
        at: seconds(listedIn - looks.slice(0, at + 1).reduce((sum, { gapS }) => sum + gapS, 0)),
        isComplete,
        candidates: other === null ? [...ids].sort() : [other],
      })),
    }));
  const resolved = (given: GateFacts) => {
    const decision = decideGate(given);
    return decision.kind === "resolve" ? decision : null;
  };

  it("decides before all has settled, unless every send is there and the account is ours alone", () => {
    let early = 0;
    fc.assert(
      fc.property(any, (given) => {
        if (!resolved(given) || given.listedAt >= given.settledAt) return;
        early += 1;
        expect(given.isExclusive).toBe(true);
        expect(given.candidates).toHaveLength(given.sends.length);
      }),
      RUNS,
    );
    expect(early).toBeGreaterThan(20);
  });

  it("decides on a broken list, a create under way, what it can't tell, or too many", () => {
    let decided = 0;
    fc.assert(
      fc.property(any, (given) => {
        if (!resolved(given)) return;
        decided += 1;
        expect(given).toMatchObject({ isComplete: true, outstanding: 0 });
        expect(given.candidates.every(({ match }) => match === "same")).toBe(true);
        expect(given.candidates.length).toBeLessThanOrEqual(given.sends.length);
      }),
      RUNS,
    );
    expect(decided).toBeGreaterThan(200);
  });

  it("says that something wasn't created on one look alone", () => {
    fc.assert(
      fc.property(any, (given) => {
        const decision = resolved(given);
        if (!decision || decision.notCreated.length === 0) return;
        const listed = given.candidates.map(({ supplierOrderId }) => supplierOrderId).sort();
        const first = given.earlier.find(
          ({ at }) => given.listedAt.getTime() - at.getTime() >= 30_000,
        );
        expect(first).toMatchObject({ isComplete: true, candidates: listed });
        expect(first?.at.getTime()).toBeGreaterThanOrEqual(given.settledAt.getTime());
      }),
      RUNS,
    );
  });

  it("gives one supplier order to two, or forgets an order (I2)", () => {
    fc.assert(
      fc.property(any, (given) => {
        const decision = resolved(given);
        if (!decision) return;
        const { claims, notCreated } = decision;
        const claimed = claims.map(({ supplierOrderId }) => supplierOrderId);
        expect(new Set(claimed).size).toBe(claimed.length);
        expect(given.candidates.map(({ supplierOrderId }) => supplierOrderId)).toEqual(
          expect.arrayContaining(claimed),
        );
        const orders = [...claims.map(({ orderId }) => orderId), ...notCreated];
        expect(orders.sort()).toEqual([...new Set(given.sends.map((one) => one.orderId))].sort());
        // None is sent again while goods for it lie there.
        if (notCreated.length > 0) expect(claims).toHaveLength(given.candidates.length);
      }),
      RUNS,
    );
  });

  it("waits for nothing, or for ever", () => {
    fc.assert(
      fc.property(any, (given) => {
        const decision = decideGate(given);
        if (decision.kind === "wait") {
          expect(decision.inMs).toBeGreaterThanOrEqual(1_000);
          expect(decision.inMs).toBeLessThanOrEqual(600_000);
        }
      }),
      RUNS,
    );
  });
});
