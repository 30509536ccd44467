import { describe, expect, it } from "vitest";
import type { Doubt, DoubtCandidate } from "./doubt.ts";
import { maySendAgain } from "./may-send-again.ts";
import { pictureOf } from "./picture.ts";
import { toCandidate } from "./to-candidate.ts";

const AT = new Date("2026-11-21T06:00:00Z");
const seconds = (count: number) => new Date(AT.getTime() + count * 1_000);

const send = (attemptId: string, at = AT) => ({ attemptId, orderId: `order of ${attemptId}`, at });
const candidate = (facts: Partial<DoubtCandidate> = {}): DoubtCandidate => ({
  supplierOrderId: "s1",
  state: "awaiting_payment",
  word: "active",
  total: "4.75",
  currency: "USD",
  createdAt: seconds(1),
  firstSeenAt: seconds(10),
  match: "same",
  ...facts,
});
const doubt = (facts: Partial<Doubt> = {}): Doubt => ({
  supplierId: "supplier",
  fingerprint: "basket",
  basket: { lines: [], currency: "USD", isMock: false },
  sends: [send("a"), send("b", seconds(5))],
  outstanding: 0,
  candidates: [candidate(), candidate({ supplierOrderId: "s2" })],
  windowFrom: null,
  listFrom: null,
  clockOffsetMs: 0,
  settlingMs: 600_000,
  isExclusive: false,
  ...facts,
});

describe("a picture", () => {
  const same = pictureOf(doubt());

  it.each<[string, Partial<Doubt>]>([
    ["the order of sends", { sends: [...doubt().sends].reverse() }],
    ["the order of candidates", { candidates: [...doubt().candidates].reverse() }],
    [
      "a word or price that moved without the state",
      {
        candidates: [candidate({ word: "open", total: "5" }), candidate({ supplierOrderId: "s2" })],
      },
    ],
    ["the clock's offset", { clockOffsetMs: 500 }],
  ])("stays by %s", (_, facts) => {
    expect(pictureOf(doubt(facts))).toBe(same);
  });

  it.each<[string, Partial<Doubt>]>([
    ["a send more", { sends: [...doubt().sends, send("c")] }],
    ["a send less", { sends: [send("a")] }],
    ["a create under way", { outstanding: 1 }],
    [
      "a candidate more",
      { candidates: [...doubt().candidates, candidate({ supplierOrderId: "s3" })] },
    ],
    ["a candidate less", { candidates: [candidate()] }],
    ["another candidate", { candidates: [candidate(), candidate({ supplierOrderId: "s3" })] }],
    [
      "a candidate's state",
      { candidates: [candidate({ state: "paid" }), candidate({ supplierOrderId: "s2" })] },
    ],
    [
      "how sure it is",
      { candidates: [candidate({ match: "unclear" }), candidate({ supplierOrderId: "s2" })] },
    ],
  ])("changes by %s", (_, facts) => {
    expect(pictureOf(doubt(facts))).not.toBe(same);
  });

  it("isn't fooled by an id that looks like two", () => {
    const sly = [candidate({ supplierOrderId: 's1 awaiting_payment same","s2' })];
    expect(pictureOf(doubt({ candidates: sly }))).not.toBe(same);
  });
});

describe("sending again", () => {
  /** Ten minutes, and the time for sending, and what clocks of ours may differ by. */
  const settled = seconds(5 + 600 + 10 + 5);

  it.each<[string, Partial<Doubt>, Date, boolean]>([
    ["nothing listed, all settled", { candidates: [] }, settled, true],
    ["a moment before all has settled", { candidates: [] }, seconds(619.999), false],
    ["a create under way", { candidates: [], outstanding: 1 }, settled, false],
    ["a candidate", { candidates: [candidate()] }, settled, false],
    [
      "one of which too little is shown",
      { candidates: [candidate({ match: "unclear" })] },
      settled,
      true,
    ],
    [
      "a sure one beside an unclear one",
      { candidates: [candidate({ match: "unclear" }), candidate()] },
      settled,
      false,
    ],
    ["nothing that is unclear any more", { sends: [], candidates: [] }, AT, true],
  ])("with %s", (_, facts, now, may) => {
    expect(maySendAgain(doubt(facts), now)).toBe(may);
  });
});

describe("a candidate's distance from the sends", () => {
  it.each([
    ["the only one, later", [0], 3, 0, 3_000],
    ["the nearest of several", [0, 60], 58, 0, -2_000],
    ["by the supplier's clock, ahead", [0], 603, 600_000, 3_000],
    ["by the supplier's clock, behind", [0], -597, -600_000, 3_000],
    ["where its clock isn't known", [0], 3, null, 3_000],
  ])("is that from %s", (_, sentAt, createdAt, clockOffsetMs, distanceMs) => {
    const sends = sentAt.map((at) => send(`${at}`, seconds(at)));
    const shown = toCandidate(candidate({ createdAt: seconds(createdAt) }), {
      sends,
      clockOffsetMs,
    });
    expect(shown.distanceMs).toBe(distanceMs);
  });

  it("isn't known without a time, or without a send", () => {
    const at = { sends: [send("a")], clockOffsetMs: 0 };
    expect(toCandidate(candidate({ createdAt: null }), at)).toMatchObject({
      distanceMs: null,
      createdAt: null,
    });
    expect(toCandidate(candidate(), { ...at, sends: [] }).distanceMs).toBeNull();
  });
});
