import { afterAll, describe, expect, it, vi } from "vitest";
import type { Db } from "#lib/platform/db.ts";
import type { Outcome, SupplierOrder } from "#lib/suppliers/port.ts";
import { scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { claimOne } from "./claims.ts";
import { accepted, refused, supplierOrder } from "./observations.fixture.ts";
import { dueInMs, lapseLease, place, whole } from "./orders.fixture.ts";
import { workOnClaim } from "./work-on-order.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let ids = 0;
const unpaid = () =>
  accepted(supplierOrder("awaiting_payment", { supplierOrderId: `supplier-order-${++ids}` }));

/** A process both of whose places for writes are taken by slow creates, and an order that waits for one. */
async function crowded() {
  const replies: ((outcome: Outcome<SupplierOrder>) => void)[] = [];
  const createOrder = vi.fn(
    () => new Promise<Outcome<SupplierOrder>>((resolve) => replies.push(resolve)),
  );
  const stop = new AbortController();
  const ctx = {
    ...(await testContext(db, scriptedSupplier({ createOrder }))),
    stop: stop.signal,
  };
  const orders = [await place(ctx), await place(ctx), await place(ctx)];
  const [first, second, waiting] = await Promise.all(
    orders.map(async (orderId) => {
      const claim = await claimOne(ctx, orderId);
      return claim ?? expect.fail("not claimed");
    }),
  );
  if (!first || !second || !waiting) return expect.fail("three were placed");
  const busy = [workOnClaim(ctx, first), workOnClaim(ctx, second)];
  await vi.waitFor(() => expect(createOrder).toHaveBeenCalledTimes(2), { timeout: 15_000 });
  const queued = workOnClaim(ctx, waiting);
  async function goOn(answer: Outcome<SupplierOrder>) {
    replies.splice(0).forEach((reply, index) => {
      reply(index === 0 ? answer : unpaid());
    });
    await Promise.all([...busy, queued]);
  }
  return { ctx, createOrder, waiting: waiting.orderId, queued, goOn, stop };
}

describe("an order that waits for its turn at the supplier", () => {
  it("leaves no attempt behind while it waits", async () => {
    const { waiting, goOn, createOrder } = await crowded();
    expect((await whole(db, waiting)).attempts).toEqual([]);
    createOrder.mockImplementationOnce(async () => unpaid());
    await goOn(unpaid());
    expect(await whole(db, waiting)).toMatchObject({ status: "awaiting_payment" });
  });

  it("isn't sent by a process that has lost it meanwhile", async () => {
    const { waiting, goOn, createOrder } = await crowded();
    await lapseLease(db, waiting);
    const other = await testContext(db, scriptedSupplier());
    await claimOne(other, waiting);
    await goOn(unpaid());
    expect(createOrder).toHaveBeenCalledTimes(2);
    expect(await whole(db, waiting)).toMatchObject({ status: "submitting", attempts: [] });
  });

  it("is given back at once when its lease has run out", async () => {
    const { waiting, goOn, createOrder } = await crowded();
    await lapseLease(db, waiting);
    await goOn(unpaid());
    expect(createOrder).toHaveBeenCalledTimes(2);
    expect(await whole(db, waiting)).toMatchObject({ leaseToken: null, attempts: [] });
    expect(await dueInMs(db, waiting)).toBeLessThanOrEqual(0);
  });

  it("is given back at once by a process that is told to stop, which finishes what it sent", async () => {
    const { waiting, goOn, createOrder, stop } = await crowded();
    stop.abort();
    await goOn(unpaid());
    expect(createOrder).toHaveBeenCalledTimes(2);
    expect(await whole(db, waiting)).toMatchObject({
      status: "submitting",
      leaseToken: null,
      attempts: [],
    });
    expect(await dueInMs(db, waiting)).toBeLessThanOrEqual(0);
    expect(await db.orderAttempt.count({ where: { finishedAt: null } })).toBe(0);
  });

  it("isn't sent once the account was told to be silent", async () => {
    const { ctx, waiting, goOn, createOrder } = await crowded();
    await goOn(refused("rate_limited", { retryAfterMs: 90_000 }));
    expect(createOrder).toHaveBeenCalledTimes(2);
    expect(await whole(db, waiting)).toMatchObject({ status: "submitting", attempts: [] });
    expect(await dueInMs(db, waiting)).toBeGreaterThan(85_000);
    await db.supplier.update({ where: { id: ctx.account.id }, data: { blockedUntil: null } });
  });
});

/** A database that is away when asked for its nth transaction, counted from 1. */
function away(database: Db, from: number, to: number): Db {
  let asked = 0;
  return new Proxy(database, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== "$transaction") return value;
      return (...args: unknown[]) => {
        asked += 1;
        const isAway = asked >= from && asked <= to;
        return isAway
          ? Promise.reject(new Error("the database is away"))
          : value.apply(target, args);
      };
    },
  });
}

describe("while the database is away", () => {
  it("nothing is sent", async () => {
    const createOrder = vi.fn();
    const ctx = await testContext(db, scriptedSupplier({ createOrder }));
    const orderId = await place(ctx);
    const claim = (await claimOne(ctx, orderId)) ?? expect.fail();
    await workOnClaim({ ...ctx, db: away(db, 1, 1) }, claim);
    expect(createOrder).not.toHaveBeenCalled();
    expect(await whole(db, orderId)).toMatchObject({ status: "submitting", attempts: [] });
  });

  it("an answer is held until it can be written down", async () => {
    const createOrder = vi.fn(async () => unpaid());
    const ctx = await testContext(db, scriptedSupplier({ createOrder }));
    const orderId = await place(ctx);
    const claim = (await claimOne(ctx, orderId)) ?? expect.fail();
    await workOnClaim({ ...ctx, db: away(db, 2, 3) }, claim);
    expect(createOrder).toHaveBeenCalledTimes(1);
    expect(await whole(db, orderId)).toMatchObject({
      status: "awaiting_payment",
      attempts: [{ outcome: "accepted" }],
    });
  });
});
