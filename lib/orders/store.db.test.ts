import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ORDER_STATUSES } from "./lifecycle.ts";
import { dueInMs, lapseLease, makeDue, whole } from "./orders.fixture.ts";
import { claimDue, claimOne, lockHeld, release } from "./store.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());

beforeEach(async () => {
  await db.$executeRaw`update orders set next_poll_at = now() + interval '1 year', lease_token = null, lease_until = null where next_poll_at is not null`;
});

/** Orders in a status, due since so many seconds; negative: not yet. */
async function orders(count: number, dueSince = 1, facts: Parameters<typeof createOrder>[2] = {}) {
  const now = Date.now();
  const rows = Array.from({ length: count }, (_, index) => ({
    id: v7(),
    clientRef: `ref-${v7()}`,
    supplierId: ctx.account.id,
    supplierOrderId: `order_${v7()}`,
    status: "processing" as const,
    isMock: false,
    currency: "USD",
    agreedTotal: "1",
    actorKind: "job",
    actorName: "test",
    correlationId: "c",
    createdAt: new Date(),
    statusChangedAt: new Date(),
    nextPollAt: new Date(now - dueSince * 1_000 - (count - index)),
    ...(facts as object),
  }));
  await db.order.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

describe("claimDue", () => {
  it("gives 200 orders to eight claimers, each to one", async () => {
    const ids = await orders(200);
    const workers = await Promise.all(
      Array.from({ length: 8 }, () => testContext(db, scriptedSupplier())),
    );
    const claimed = await Promise.all(
      workers.map(async (worker) => {
        const mine: string[] = [];
        for (;;) {
          const claims = await claimDue(worker, 7);
          if (claims.length === 0) return mine;
          expect(claims.length).toBeLessThanOrEqual(7);
          mine.push(...claims.map(({ orderId }) => orderId));
        }
      }),
    );
    expect(claimed.flat().sort()).toEqual([...ids].sort());
  });

  it("never takes more than it was asked for, also of a small table", async () => {
    await orders(5);
    await db.$executeRaw`analyze orders`;
    expect(await claimDue(ctx, 2)).toHaveLength(2);
    expect(await claimDue(ctx, 2)).toHaveLength(2);
    expect(await claimDue(ctx, 2)).toHaveLength(1);
    expect(await claimDue(ctx, 2)).toEqual([]);
  });

  it("takes the longest overdue first, and none before its time", async () => {
    const [early] = await orders(1, -60);
    const [old] = await orders(1, 3_600);
    const [young] = await orders(1, 1);
    expect((await claimDue(ctx, 1)).map(({ orderId }) => orderId)).toEqual([old]);
    expect((await claimDue(ctx, 9)).map(({ orderId }) => orderId)).toEqual([young]);
    await expect(whole(db, early ?? "")).resolves.toMatchObject({ leaseToken: null });
  });

  it("leases for as long as the calls made under it may take", async () => {
    for (const [status, seconds] of [
      ["submitting", 60],
      ["awaiting_payment", 60],
      ["paid", 25],
      ["processing", 25],
    ] as const) {
      const [id] = await orders(1, 1, { status });
      const [claim] = await claimDue(ctx, 1);
      expect(claim).toMatchObject({ orderId: id, status });
      const [row] = await db.$queryRaw<{ left: number }[]>`
        select extract(epoch from lease_until - now())::float8 as left from orders where id = ${id}::uuid`;
      expect(row?.left).toBeGreaterThan(seconds - 5);
      expect(row?.left).toBeLessThanOrEqual(seconds);
    }
  });

  it("takes over what a dead process held once its lease has run out, under a new token", async () => {
    const [id] = await orders(1);
    const [dead] = await claimDue(ctx, 1);
    expect(await claimDue(ctx, 1)).toEqual([]);
    await lapseLease(db, id ?? "");
    const [heir] = await claimDue(ctx, 1);
    expect(heir?.orderId).toBe(id);
    expect(heir?.leaseToken).not.toBe(dead?.leaseToken);
  });
});

describe("claimOne", () => {
  it("takes a due order once, whoever asks at the same time", async () => {
    const [id = ""] = await orders(1);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimOne(ctx, id)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it("takes none that isn't due, has nothing left to do, or isn't there", async () => {
    const [early = ""] = await orders(1, -60);
    expect(await claimOne(ctx, early)).toBeNull();
    const [over = ""] = await orders(1, 1, {
      status: "completed",
      finishedAt: new Date(),
      nextPollAt: null,
    });
    expect(await claimOne(ctx, over)).toBeNull();
    expect(await claimOne(ctx, v7())).toBeNull();
  });
});

describe("release", () => {
  it("gives the order back for later", async () => {
    const [id = ""] = await orders(1);
    const claim = (await claimOne(ctx, id)) ?? expect.fail();
    await release(ctx, claim, 30_000);
    expect(await whole(db, id)).toMatchObject({ leaseToken: null, leaseUntil: null });
    expect(await dueInMs(db, id)).toBeGreaterThan(25_000);
  });

  it("does nothing for whoever has lost the lease", async () => {
    const [id = ""] = await orders(1);
    const dead = (await claimOne(ctx, id)) ?? expect.fail();
    await lapseLease(db, id);
    const heir = (await claimOne(ctx, id)) ?? expect.fail();
    const before = await whole(db, id);
    await release(ctx, dead, 3_600_000);
    await release(ctx, { orderId: id, leaseToken: null }, 3_600_000);
    expect(await whole(db, id)).toEqual(before);
    expect(before.leaseToken).toBe(heir.leaseToken);
  });
});

describe("lockHeld", () => {
  it("asks for the token, the status and enough time", async () => {
    const [id = ""] = await orders(1, 1, { status: "awaiting_payment" });
    const claim = (await claimOne(ctx, id)) ?? expect.fail();
    const held = (seconds: number, facts: Partial<typeof claim> = {}) =>
      db.$transaction((tx) => lockHeld(tx, { ...claim, ...facts }, seconds));
    expect(await held(55)).toBe(true);
    expect(await held(61)).toBe(false);
    expect(await held(1, { leaseToken: v7() })).toBe(false);
    expect(await held(1, { status: "submitting" })).toBe(false);
  });
});

describe("the schema", () => {
  const set = (id: string, assignment: string) =>
    db.$executeRawUnsafe(`update orders set ${assignment} where id = '${id}'`);

  it("lets no open order be forgotten", async () => {
    for (const status of ["submitting", "awaiting_payment", "paid", "processing"] as const) {
      const [id = ""] = await orders(1, 1, { status });
      await expect(set(id, "next_poll_at = null")).rejects.toThrow("orders_never_forgotten");
    }
  });

  it("lets no status go back, whoever writes it", async () => {
    const final = ["completed", "cancelled", "failed"];
    for (const from of final) {
      const [id = ""] = await orders(1, 1, { status: from as "failed", finishedAt: new Date() });
      for (const to of ORDER_STATUSES.filter((status) => status !== from)) {
        await expect(set(id, `status = '${to}'`), `${from} → ${to}`).rejects.toThrow(
          `from ${from} back to ${to}`,
        );
      }
    }
  });

  it("gives no two orders one supplier order, and no order a second one", async () => {
    const [one = "", other = ""] = await orders(2);
    const { supplierOrderId } = await whole(db, one);
    const { id: unsent } = (
      await createOrder(db, ctx.account.id, { status: "submitting", supplierOrderId: null })
    ).order;
    await expect(set(unsent, `supplier_order_id = '${supplierOrderId}'`)).rejects.toThrow("unique");
    await expect(set(other, "supplier_order_id = 'x'")).rejects.toThrow("already belongs");
    await expect(set(other, "supplier_order_id = null")).rejects.toThrow("already belongs");
  });

  it("allows one send in flight, and one accepted create", async () => {
    const [orderId = ""] = await orders(1);
    const attempt = (facts: object) =>
      db.orderAttempt.create({
        data: { id: v7(), orderId, kind: "create", startedAt: new Date(), ...facts },
      });
    const done = { outcome: "accepted", finishedAt: new Date() };
    await attempt({});
    await expect(attempt({ kind: "pay" })).rejects.toMatchObject({ code: "P2002" });
    await attempt(done);
    await expect(attempt(done)).rejects.toMatchObject({ code: "P2002" });
    await makeDue(db, orderId);
  });
});
