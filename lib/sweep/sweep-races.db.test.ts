import { afterAll, describe, expect, it } from "vitest";
import { dueInMs, makeDue } from "#lib/orders/orders.fixture.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openSwept } from "./sweep.fixture.ts";
import { sweepAccounts } from "./sweep-accounts.ts";
import { YIELD_MS } from "./sweep-schedule.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

describe("two processes", () => {
  it("sweep an account once", async () => {
    const opened = await openSwept(db);
    await opened.paid(2);
    opened.advance(4_000);
    await db.$executeRaw`update polling_plans set next_sweep_at = now() - interval '1 second'`;
    await Promise.all(Array.from({ length: 5 }, () => sweepAccounts({ ...opened.ctx })));
    expect(await opened.count("GET list")).toBe(1);
  });

  it("don't write over what one of them is about to learn", async () => {
    const opened = await openSwept(db);
    const [held = "", free = ""] = await opened.paid(2);
    opened.advance(4_000);
    await opened.sweep();
    await makeDue(db, held);
    await db.$executeRaw`
      update orders set lease_token = gen_random_uuid(), lease_until = now() + interval '20 seconds'
      where id = ${held}::uuid`;
    opened.advance(9_000);
    await opened.sweep();
    expect(await opened.orders([held, free])).toMatchObject([{ looks: 1 }, { looks: 2 }]);
    expect(await dueInMs(db, held)).toBeLessThan(0);
  });
});

describe("looks that are due", () => {
  it("go before a sweep, which waits for them a little", async () => {
    const opened = await openSwept(db);
    const [due = ""] = await opened.paid(2);
    opened.advance(4_000);
    await makeDue(db, due);
    const dueSince = (seconds: number) => db.$executeRaw`
      update polling_plans set next_sweep_at = now() - make_interval(secs => ${seconds}::float8)
      where supplier_id = ${opened.supplierId}::uuid`;
    await dueSince(0);
    expect(await sweepAccounts(opened.ctx)).toBeLessThanOrEqual(YIELD_MS);
    expect(await opened.count("GET list")).toBe(0);
    await dueSince(5);
    await sweepAccounts(opened.ctx);
    expect(await opened.count("GET list")).toBe(1);
  });
});

describe("a budget that is used up", () => {
  it("breaks the sweep off; the orders' own looks still come", async () => {
    const opened = await openSwept(db);
    const ids = await opened.paid(2);
    opened.advance(4_000);
    await db.callBudget.update({
      where: { supplierId: opened.supplierId },
      data: { callsPerMinute: 6, rate: 6, pollTokens: 0, spareTokens: 0 },
    });
    const ctx = { ...opened.ctx, sleep: async () => opened.advance(1_000) };
    expect(await opened.sweep(ctx)).toMatchObject({
      mode: "sweep",
      sweptAt: null,
      leaseToken: null,
    });
    expect(await opened.count("GET list")).toBe(0);
    for (const id of ids) expect(await dueInMs(db, id)).toBeLessThan(25_000);
  });
});
