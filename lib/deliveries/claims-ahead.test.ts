import { describe, expect, it } from "vitest";
import type { DeliveryClaim } from "./claims.ts";
import { createClaimsAhead } from "./claims-ahead.ts";
import { AHEAD_FOR_MS, AT_ONCE, MOST_AHEAD, MOST_SHARE } from "./delivery-schedule.ts";

const claimOf = (id: string, more: Partial<DeliveryClaim["endpoint"]> = {}) =>
  ({
    endpoint: { id, sendsAtOnce: 2, isUnpaced: true, isInDoubt: false, ...more },
  }) as DeliveryClaim;

/** Claims in the order in which they were let go, as the test has them named. */
function turns(ahead: ReturnType<typeof createClaimsAhead>) {
  const began: string[] = [];
  const left: string[] = [];
  return {
    began,
    left,
    async take(name: string, claim: DeliveryClaim) {
      void ahead.turn(claim).then((mayBeSent) => (mayBeSent ? began : left).push(name));
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("what is claimed ahead", () => {
  it("is nothing for an endpoint that is new, slow, paced or in doubt", () => {
    for (const [tookMs, more] of [
      [60_000, {}],
      [1, { isUnpaced: false }],
      [1, { isInDoubt: true }],
    ] as const) {
      const ahead = createClaimsAhead();
      const claim = claimOf("a", more);
      expect(ahead.room()).toBe(AT_ONCE);
      void ahead.turn(claim);
      void ahead.turn(claim);
      expect(ahead.busy()).toEqual(new Map([["a", 2]]));
      ahead.done(claim, tookMs);
      expect(ahead.busy()).toEqual(new Map([["a", 1]]));
    }
  });

  it("is as much as is sent within some milliseconds, and no more than so many", () => {
    const ahead = createClaimsAhead();
    const claim = claimOf("a");
    for (const _ of [1, 2]) void ahead.turn(claim);
    ahead.done(claim, 5);
    expect(ahead.busy()).toEqual(new Map([["a", 1 - 10]]));
    expect(ahead.room()).toBe(AT_ONCE + 10 - 1);
    const many = claimOf("b", { sendsAtOnce: 64 });
    for (const _ of [1, 2]) void ahead.turn(many);
    ahead.done(many, 1);
    expect(ahead.busy().get("b")).toBe(1 - MOST_AHEAD);
  });
});

describe("a turn", () => {
  it("comes at once while there is a place, then as one gets free, in order", async () => {
    const ahead = createClaimsAhead();
    const { began, take } = turns(ahead);
    for (const name of ["a1", "a2", "a3", "a4"]) await take(name, claimOf("a"));
    await take("b1", claimOf("b"));
    expect(began).toEqual(["a1", "a2", "b1"]);
    ahead.done(claimOf("a"), 1);
    await settled();
    expect(began).toEqual(["a1", "a2", "b1", "a3"]);
    expect(ahead.inHand()).toBe(4);
  });

  it("leaves places for others, however many an endpoint may have", async () => {
    const ahead = createClaimsAhead();
    const { began, take } = turns(ahead);
    for (let n = 0; n < AT_ONCE; n += 1) await take("a", claimOf("a", { sendsAtOnce: 64 }));
    expect(began).toHaveLength(MOST_SHARE);
    await take("b", claimOf("b"));
    expect(began.at(-1)).toBe("b");
  });

  it("is given up where the endpoint isn't fast any more", async () => {
    let now = 0;
    const ahead = createClaimsAhead(() => now);
    const { left, take } = turns(ahead);
    for (const name of ["a1", "a2", "a3"]) await take(name, claimOf("a"));
    now = AHEAD_FOR_MS;
    ahead.letGo();
    await settled();
    expect(left).toEqual([]);
    now += 1;
    ahead.letGo();
    await settled();
    expect(left).toEqual(["a3"]);
    expect(ahead.busy()).toEqual(new Map([["a", 2]]));
  });
});
