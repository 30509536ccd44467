import { describe, expect, it } from "vitest";
import { checkDeliveries } from "./check-deliveries.ts";
import type { DeliveryFacts, Receipt } from "./facts.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, second));
const receipt = (id: string, second: number): Receipt => ({
  id,
  at: at(second),
  isTaken: true,
  isGenuine: true,
});

/** Two events of one order at an ordered endpoint; the first came at its second try. */
function sound() {
  const tries = (count: number, second: number) =>
    Array.from({ length: count }, (_, index) => ({
      number: index + 1,
      outcome: index + 1 === count ? "accepted" : "failed",
      startedAt: at(second),
    }));
  const facts = {
    events: [
      { id: "e1", orderId: "o", sequence: 1 },
      { id: "e2", orderId: "o", sequence: 2 },
    ],
    endpoints: [
      {
        name: "shop",
        isOrdered: true,
        disabledAt: null as Date | null,
        pauses: [] as { from: Date; until: Date }[],
      },
    ],
    deliveries: [
      {
        id: "d1",
        eventId: "e1",
        endpoint: "shop",
        state: "success",
        reason: null as string | null,
        tries: 2,
        attempts: tries(2, 1),
      },
      {
        id: "d2",
        eventId: "e2",
        endpoint: "shop",
        state: "success",
        reason: null as string | null,
        tries: 1,
        attempts: tries(1, 5),
      },
    ],
    received: new Map([
      ["shop", [{ ...receipt("e1", 1), isTaken: false }, receipt("e1", 2), receipt("e2", 5)]],
    ]),
  };
  const [endpoint] = facts.endpoints;
  const [first, second] = facts.deliveries;
  const receipts = facts.received.get("shop");
  if (!endpoint || !first || !second || !receipts) throw new Error("unreachable");
  return { facts: facts satisfies DeliveryFacts, endpoint, first, second, receipts };
}

describe("a run of deliveries", () => {
  it("is sound", () => {
    expect(checkDeliveries(sound().facts)).toEqual([]);
  });

  it("may have given up after seven tries", () => {
    const { facts, first, receipts } = sound();
    Object.assign(first, { state: "failed", reason: "broken", tries: 7 });
    first.attempts = Array.from({ length: 7 }, (_, index) => ({
      number: index + 1,
      outcome: "failed",
      startedAt: at(1),
    }));
    receipts.splice(1, 1);
    expect(checkDeliveries(facts)).toEqual([]);
    Object.assign(first, { tries: 6 });
    first.attempts.pop();
    expect(checkDeliveries(facts)).toEqual(["event e1 at shop is failed (broken) after 6 tries"]);
  });

  it.each([
    [
      "a success that never arrived",
      (s: ReturnType<typeof sound>) => s.receipts.pop(),
      /is a success, and never arrived/,
    ],
    [
      "a missing delivery",
      (s: ReturnType<typeof sound>) => s.facts.deliveries.pop(),
      /has no delivery/,
    ],
    [
      "an unfinished one",
      (s: ReturnType<typeof sound>) => Object.assign(s.second, { state: "pending" }),
      /is pending/,
    ],
    [
      "a duplicate without a fault",
      (s: ReturnType<typeof sound>) => s.receipts.push(receipt("e2", 6)),
      /came 2 times/,
    ],
    [
      "a try that isn't written down",
      (s: ReturnType<typeof sound>) => s.first.attempts.shift(),
      /1 tries are written down/,
    ],
    [
      "an unknown event",
      (s: ReturnType<typeof sound>) => s.receipts.push(receipt("x", 6)),
      /never announced/,
    ],
    [
      "a forged message",
      (s: ReturnType<typeof sound>) => Object.assign(s.receipts[2] ?? {}, { isGenuine: false }),
      /can't verify/,
    ],
    [
      "disorder",
      (s: ReturnType<typeof sound>) => s.receipts.reverse(),
      /event 1 of order o after event 2/,
    ],
    [
      "a try in a pause",
      (s: ReturnType<typeof sound>) => s.endpoint.pauses.push({ from: at(3), until: at(9) }),
      /tried while shop was off/,
    ],
    [
      "a request long after the end",
      (s: ReturnType<typeof sound>) => {
        s.endpoint.disabledAt = at(6);
        s.receipts.push(receipt("e2", 30));
        s.second.attempts.push({ number: 2, outcome: "failed", startedAt: at(6) });
        s.second.tries = 2;
      },
      /was told of e2 while it was off/,
    ],
  ])("is seen to have %s", (_, breakIt, expected) => {
    const run = sound();
    breakIt(run);
    expect(checkDeliveries(run.facts)).toContainEqual(expect.stringMatching(expected));
  });
});
