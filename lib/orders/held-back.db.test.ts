/** Where creating may cost (mode B): one unclear create holds back what asks for the same goods, and nothing else. */
import { afterAll, describe, expect, it, vi } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import {
  dueInMs,
  lapseLease,
  makeDue,
  openSignals,
  timelineKinds,
  type WholeOrder,
  whole,
} from "./orders.fixture.ts";
import { readOrder } from "./read-order.ts";
import { openSupplier } from "./simulated.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const SLUG = "test-plain-codes";

async function open(options: Parameters<typeof openSupplier>[1] = {}) {
  const supplier = await openSupplier(db, options);
  const lose = () => supplier.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
  return {
    ...supplier,
    creates: async () => (await supplier.requests()).filter((one) => one === "POST create").length,
    /** An order whose create was lost. */
    async lost(slug = SLUG, facts: Parameters<typeof supplier.place>[1] = {}) {
      await lose();
      const orderId = await supplier.place(slug, facts);
      expect(await supplier.work(orderId)).toMatchObject({ status: "unconfirmed" });
      return orderId;
    },
    thaw: () =>
      db.placementGate.updateMany({ data: { frozenAt: null, nextPassAt: null, waitsFor: null } }),
  };
}

const gateOf = ({ supplierId, fingerprint }: WholeOrder) =>
  db.placementGate.findUnique({
    where: { supplierId_fingerprint: { supplierId, fingerprint: fingerprint ?? "" } },
  });

describe("a lost create", () => {
  it("freezes its basket at the account, in the same moment", async () => {
    const one = await open();
    const order = await whole(db, await one.lost());
    expect(await gateOf(order)).toMatchObject({
      frozenAt: one.ctx.now(),
      waitsFor: "outstanding",
      nextPassAt: expect.any(Date),
    });
  });

  it("has an equal order wait for it, which says why and sends nothing", async () => {
    const one = await open();
    const twin = await one.lost();
    const waiting = await one.place(SLUG);
    const stored = await one.work(waiting);
    expect(stored).toMatchObject({ status: "submitting", attempts: [], leaseToken: null });
    expect(stored.signals).toMatchObject([{ key: "waits_for_twin", data: { twin } }]);
    expect(timelineKinds(stored)).toEqual(["placed", "signal_opened"]);
    expect(await dueInMs(db, waiting)).toBeGreaterThan(40_000);
    for (let round = 0; round < 3; round++) await one.work(waiting);
    expect(await one.creates()).toBe(1);
    // Seen once is said once.
    expect((await whole(db, waiting)).signals).toHaveLength(1);
    expect(await readOrder(one.ctx, testActor("viewer"), waiting)).toMatchObject({
      signals: ["waits_for_twin"],
      openSignals: [{ key: "waits_for_twin", data: { twin } }],
    });
  });

  it("lets everything else through: other goods, quantities, and mocks", async () => {
    const one = await open();
    await one.lost();
    const others = [
      await one.place("test-codes-as-objects"),
      await one.place(SLUG, { quantity: 2 }),
      await one.place(SLUG, { isMock: true }),
    ];
    for (const orderId of others) {
      expect(await one.work(orderId)).toMatchObject({ status: "awaiting_payment" });
    }
  });

  it("of a mock holds back mocks alone", async () => {
    const one = await open();
    await one.lost(SLUG, { isMock: true });
    expect(await one.work(await one.place(SLUG))).toMatchObject({ status: "awaiting_payment" });
    const mock = await one.work(await one.place(SLUG, { isMock: true }));
    expect(openSignals(mock)).toEqual(["waits_for_twin"]);
  });

  it("lets the equal order go as soon as the gate is open, which then waits no more", async () => {
    const one = await open();
    await one.lost();
    const waiting = await one.place(SLUG);
    await one.work(waiting);
    await one.thaw();
    const stored = await one.work(waiting);
    expect(stored).toMatchObject({ status: "awaiting_payment" });
    expect(openSignals(stored)).toEqual([]);
  });

  it("holds no payment back: an equal order that exists already is paid", async () => {
    const one = await open();
    const earlier = await one.place(SLUG);
    expect(await one.work(earlier)).toMatchObject({ status: "awaiting_payment" });
    await one.lost();
    expect(await one.work(earlier)).toMatchObject({ status: "paid" });
  });

  it("holds equal orders back in every process at once", async () => {
    const one = await open();
    await one.lost();
    const waiting = await Promise.all(Array.from({ length: 6 }, () => one.place(SLUG)));
    const stored = await Promise.all(waiting.map((orderId) => one.work(orderId)));
    expect(stored.map(({ status }) => status)).toEqual(Array(6).fill("submitting"));
    expect(await one.creates()).toBe(1);
  });

  it("doesn't have a waiting order given up: it is as old as the doubt is", async () => {
    const one = await open();
    await one.lost();
    const waiting = await one.place(SLUG);
    await one.work(waiting);
    one.advance(29 * 60_000);
    expect(await one.work(waiting)).toMatchObject({ status: "submitting" });
  });
});

describe("equal orders while all goes well", () => {
  /** Works on both at once; neither hears the answer to its create before both are sending. */
  async function workTogether(one: Awaited<ReturnType<typeof open>>, orders: string[]) {
    let under = 0;
    let both: () => void = () => undefined;
    const bothUnderWay = new Promise<void>((resolve) => {
      both = resolve;
    });
    const ctx = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point === "create_permit_committed" && ++under === 2) both();
        if (point === "create_answered") await bothUnderWay;
      },
    };
    for (const orderId of orders) await makeDue(db, orderId);
    await Promise.all(
      orders.map(async (orderId) =>
        workOnClaim(ctx, (await claimOne(ctx, orderId)) ?? expect.fail("not due")),
      ),
    );
    return Promise.all(orders.map((orderId) => whole(db, orderId)));
  }

  it("overlap: none waits for the other's answer", async () => {
    const one = await open();
    const stored = await workTogether(one, [await one.place(SLUG), await one.place(SLUG)]);
    expect(stored.map(({ status }) => status)).toEqual(["awaiting_payment", "awaiting_payment"]);
    expect((await one.truth()).orders).toHaveLength(2);
  });

  it("of which one is lost: the other, which was under way, is answered as ever", async () => {
    const one = await open();
    await one.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
    const stored = await workTogether(one, [await one.place(SLUG), await one.place(SLUG)]);
    expect(stored.map(({ status }) => status).sort()).toEqual(["awaiting_payment", "unconfirmed"]);
    expect(stored.flatMap(({ supplierOrderId }) => supplierOrderId ?? [])).toHaveLength(1);
  });
});

describe("a process that is paused", () => {
  it.each(["create", "pay"] as const)(
    "after its permit for a %s, beyond the time for sending: not one byte leaves (I3)",
    async (kind) => {
      const one = await open();
      const orderId = await one.place(SLUG);
      if (kind === "pay") await one.work(orderId);
      const before = (await one.requests()).length;
      const paused = {
        ...one.ctx,
        reach: async (point: string) => {
          if (point === `${kind}_permit_committed`) one.advance(10_001);
        },
      };
      await makeDue(db, orderId);
      await workOnClaim(paused, (await claimOne(paused, orderId)) ?? expect.fail("not due"));
      expect(await one.requests()).toHaveLength(before);
      const stored = await whole(db, orderId);
      expect(stored.attempts.at(-1)).toMatchObject({ kind, outcome: "refused", firstByteAt: null });
      // It is known that nothing was sent, so it may be sent again.
      const next = await one.work(orderId);
      const sent = kind === "create" ? next : await one.work(orderId);
      expect(sent.status).toBe(kind === "create" ? "awaiting_payment" : "paid");
      expect((await one.truth()).orders).toHaveLength(1);
    },
  );

  it("until its lease is over, and then goes on: sends nothing, whoever has sent meanwhile (I1)", async () => {
    const one = await open();
    const orderId = await one.place(SLUG);
    const paused = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point !== "create_permit_committed") return;
        await lapseLease(db, orderId);
        // The next process finds the attempt open, and takes it for sent.
        expect(await one.work(orderId)).toMatchObject({ status: "unconfirmed" });
        one.advance(60_000);
      },
    };
    await makeDue(db, orderId);
    await workOnClaim(paused, (await claimOne(paused, orderId)) ?? expect.fail("not due"));
    expect(await one.creates()).toBe(0);
    // What it says of itself is believed: nothing was sent.
    const stored = await whole(db, orderId);
    expect(stored.attempts).toMatchObject([{ outcome: "refused" }]);
    expect(stored.status).toBe("rejected");
    expect((await one.truth()).orders).toEqual([]);
  });

  it("and loses its lease before the permit: has none, and sends nothing", async () => {
    const one = await open();
    const orderId = await one.place(SLUG);
    const paused = {
      ...one.ctx,
      reach: async (point: string) => {
        if (point === "create_permit_wanted") await lapseLease(db, orderId);
      },
    };
    await makeDue(db, orderId);
    await workOnClaim(paused, (await claimOne(paused, orderId)) ?? expect.fail("not due"));
    expect(await one.creates()).toBe(0);
    expect((await whole(db, orderId)).attempts).toEqual([]);
  });
});

it("a permit isn't given while the gate is being frozen, and the attempt is seen by whoever freezes (I3)", async () => {
  const one = await open();
  // A basket that was sent before: the very first two of one wait for each other at most.
  await one.work(await one.place(SLUG));
  const sent = await one.creates();
  const [first, second] = [await one.place(SLUG), await one.place(SLUG)];
  let admitted: () => void = () => undefined;
  const isAdmitted = new Promise<void>((resolve) => {
    admitted = resolve;
  });
  let goOn: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const slow = {
    ...one.ctx,
    reach: async (point: string) => {
      if (point !== "create_permit_written") return;
      admitted();
      await told;
    },
  };
  await makeDue(db, first);
  const working = workOnClaim(slow, (await claimOne(slow, first)) ?? expect.fail("not due"));
  await isAdmitted;
  await one.rule({ loseReply: "after" }, { endpoint: "create", times: 1 });
  const freezing = one.work(second);
  // Its answer, which freezes the gate, can't be written down while the other is being admitted.
  await vi.waitFor(async () => expect(await one.creates()).toBe(sent + 1), { timeout: 15_000 });
  await expect
    .poll(
      async () =>
        (
          await db.$queryRaw<unknown[]>`select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`
        ).length,
      { interval: 5, timeout: 15_000 },
    )
    .toBe(1);
  expect(await whole(db, second)).toMatchObject({ status: "submitting" });
  goOn();
  await working;
  expect(await freezing).toMatchObject({ status: "unconfirmed" });
  expect(await whole(db, first)).toMatchObject({ status: "awaiting_payment" });
});
