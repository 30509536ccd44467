import { afterAll, describe, expect, it } from "vitest";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { correctExpiry } from "./correct-expiry.ts";
import { expireCodes } from "./expire-codes.ts";
import { handOutCodes } from "./hand-out-codes.ts";
import { readStock } from "./read-stock.ts";
import { createCodes, createStockProduct } from "./stock.fixture.ts";
import { actionsOf, codeOf, REQUEST, stockOf, trailOf } from "./stocked.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const operator = testActor("operator");
const reason = "the supplier writes the month first";
const DAY_MS = 86_400_000;

const dayIn = (days: number) =>
  new Date(clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
const noonOf = (day: string) => new Date(`${day}T12:00:00Z`);
const correct = (codeId: string, expiresOn: string | null, more: object = {}, actor = operator) =>
  correctExpiry(ctx, actor, { codeId, expiresOn, reason, ...more }, REQUEST);

/** Of an order, with an expiry that was read as this day. */
const expiring = (day: string, order: { customerRef?: string } = {}) =>
  stockOf(ctx, ["XK7P-22QD-MM41"], { ...order, raw: (code) => ({ code, expiry: day }) });

describe("correctExpiry", () => {
  it("says another date of a code in stock, and why; what is sealed stays", async () => {
    const { first } = await expiring(dayIn(3));
    const before = await codeOf(db, first);
    await correct(first, dayIn(300));
    expect(await codeOf(db, first)).toEqual({ ...before, expiresAt: noonOf(dayIn(300)) });
    expect(await trailOf(db, first)).toMatchObject([
      {
        action: "code.expiry_corrected",
        reason,
        details: {
          expiredAt: before.expiresAt?.toISOString(),
          expiresAt: noonOf(dayIn(300)).toISOString(),
        },
        actorName: "Asha Rao",
        address: REQUEST.address,
      },
    ]);
  });

  it.each([
    ["available", {}],
    ["reserved", { customerRef: "shop-1" }],
  ] as const)("brings what had expired back to being %s, once", async (state, order) => {
    const { first, stockProductId } = await expiring(dayIn(-1), order);
    await expireCodes(ctx);
    expect((await codeOf(db, first)).state).toBe("expired");
    const both = await Promise.allSettled([correct(first, dayIn(9)), correct(first, dayIn(9))]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(await codeOf(db, first)).toMatchObject({ state, stateChangedAt: clock.now() });
    const moves = (await trailOf(db, first)).flatMap(({ details }) =>
      "to" in (details as object) ? [details] : [],
    );
    expect(moves).toMatchObject([{ from: "expired", to: state }]);
    const stock = await readStock(ctx, operator, { product: stockProductId });
    expect(stock.rows.find(({ id }) => id === stockProductId)?.counts).toMatchObject({
      [state]: 1,
      expired: 0,
    });
    const input = { customerRef: "shop-1", way: "link", codeIds: [first] } as const;
    expect(
      await handOutCodes(ctx, operator, { ...input, codeIds: [first] }, REQUEST),
    ).toMatchObject({ kind: "handed_out" });
  });

  it("knows that a code never expires", async () => {
    const { first } = await expiring(dayIn(-1));
    await expireCodes(ctx);
    await correct(first, null);
    expect(await codeOf(db, first)).toMatchObject({ state: "available", expiresAt: null });
  });

  it("gives what is over by now to nobody, and the chore takes it out", async () => {
    const { first, stockProductId } = await expiring(dayIn(30));
    await correct(first, dayIn(-2));
    expect((await codeOf(db, first)).state).toBe("available");
    const input = { customerRef: "shop-1", way: "link", stockProductId, quantity: 1 } as const;
    expect(await handOutCodes(ctx, operator, input, REQUEST)).toMatchObject({
      kind: "out_of_stock",
    });
    await expireCodes(ctx);
    expect((await codeOf(db, first)).state).toBe("expired");
    // Still over: another date of the past brings nothing back.
    await correct(first, dayIn(-1));
    expect((await codeOf(db, first)).state).toBe("expired");
  });

  it("corrects a bad one, which stays bad", async () => {
    const { id: stockProductId } = await createStockProduct(db);
    const [bad = ""] = await createCodes(db, 1, { stockProductId, state: "bad" });
    await correct(bad, dayIn(5));
    expect(await codeOf(db, bad)).toMatchObject({ state: "bad", expiresAt: noonOf(dayIn(5)) });
  });

  it("refuses viewers, strangers, telling reasons, what is no date, and codes that are gone", async () => {
    const { first } = await expiring(dayIn(3));
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(correct(first, null, {}, testActor("viewer"))).rejects.toEqual(
      refused("forbidden"),
    );
    await expect(correct(ctx.newId(), null)).rejects.toEqual(refused("not_found"));
    await expect(correct(first, null, { reason: "no" })).rejects.toEqual(refused("invalid"));
    const telling = { reason: "XK7P-22QD-MM41 says so" };
    await expect(correct(first, null, telling)).rejects.toEqual(refused("invalid"));
    for (const day of ["1999-12-31", "2100-01-01", "2027-02-30"]) {
      await expect(correct(first, day)).rejects.toEqual(refused("invalid"));
    }
    const { id: stockProductId } = await createStockProduct(db);
    for (const state of ["handed_out", "replaced", "withheld"] as const) {
      const [gone = ""] = await createCodes(db, 1, {
        stockProductId,
        state,
        customerRef: "shop-1",
      });
      await expect(correct(gone, null)).rejects.toEqual(refused("conflict"));
    }
    expect(await actionsOf(db, first)).toEqual([]);
  });

  it("brings nothing back of an order that came to nothing", async () => {
    const { first, orderId } = await expiring(dayIn(-1));
    await expireCodes(ctx);
    await db.order.update({
      where: { id: orderId },
      data: { status: "failed", finishedAt: ctx.now(), nextPollAt: null },
    });
    await expect(correct(first, dayIn(9))).rejects.toMatchObject({ code: "conflict" });
    expect((await codeOf(db, first)).state).toBe("expired");
  });

  it("is the only way: the database lets nobody else change the date", async () => {
    const { first } = await expiring(dayIn(3));
    const change = db.$executeRaw`update codes set expires_at = null where id = ${first}::uuid`;
    await expect(change).rejects.toThrow("can be neither changed nor removed");
    const more = db.$transaction([
      db.$executeRaw`select set_config('keyhold.correcting_expiry', 'on', true)`,
      db.$executeRaw`update codes set expires_at = null, mask = '' where id = ${first}::uuid`,
    ]);
    await expect(more).rejects.toThrow("can be neither changed nor removed");
  });
});
