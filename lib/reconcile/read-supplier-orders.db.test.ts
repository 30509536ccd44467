import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { markForeign } from "./mark-foreign.ts";
import { readSupplierOrders } from "./read-supplier-orders.ts";
import { type Account, OBJECTS, openAccount, PLAIN, REQUEST } from "./reconcile.fixture.ts";
import { parseSupplierOrderFilter } from "./supplier-order-filter.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const asha = testActor("operator");
const viewer = testActor("viewer");

const read = (one: Account, params: Record<string, string> = {}, by = asha) =>
  readSupplierOrders(one.ctx, by, parseSupplierOrderFilter(params));
const idsOf = async (...args: Parameters<typeof read>) =>
  (await read(...args)).rows.map(({ supplierOrderId }) => supplierOrderId);

/** The one supplier order that is ours, one that is nobody's, one that is foreign. */
async function threeKinds() {
  const one = await openAccount(db, { account: { isExclusive: false } });
  await db.supplierOrder.deleteMany({ where: { supplierId: { not: one.supplierId } } });
  const orderId = await one.place(PLAIN);
  await one.work(orderId);
  one.advance(60_000);
  const nobodys = await one.foreign();
  one.advance(60_000);
  await one.audit();
  const foreign = await one.foreign(OBJECTS);
  await one.audit();
  await markForeign(
    one.ctx,
    asha,
    { supplierId: one.supplierId, supplierOrderId: foreign, reason: "The other shop's." },
    REQUEST,
  );
  const ours = (await one.order(orderId)).supplierOrderId ?? "";
  return { one, orderId, ours, nobodys, foreign };
}

describe("readSupplierOrders", () => {
  it("shows those that are nobody's, and on demand the others", async () => {
    const { one, ours, nobodys, foreign } = await threeKinds();
    expect(await idsOf(one)).toEqual([nobodys]);
    expect(await idsOf(one, { show: "ours" })).toEqual([ours]);
    expect(await idsOf(one, { show: "foreign" })).toEqual([foreign]);
    expect(await idsOf(one, { show: "orphan" })).toEqual([]);
    expect(await idsOf(one, { show: "all" })).toEqual([foreign, nobodys, ours]);
    expect(await idsOf(one, { show: "junk", after: "junk" })).toEqual([nobodys]);
  });

  it("tells whose each is, by whom, why, and since when somebody should look", async () => {
    const { one, orderId, nobodys, foreign } = await threeKinds();
    const { rows, unattributed, may, readAt } = await read(one, { show: "all" });
    expect(unattributed).toBe(1);
    expect(may).toEqual({ decide: true });
    expect(readAt).toBe(one.ctx.now().toISOString());
    expect(rows).toMatchObject([
      {
        supplierOrderId: foreign,
        attribution: "foreign",
        attributedBy: "Asha Rao",
        reason: "The other shop's.",
        alertedAt: null,
        orderId: null,
      },
      {
        supplierOrderId: nobodys,
        attribution: null,
        alertedAt: expect.any(String),
        state: "awaiting_payment",
        word: "active",
        currency: "USD",
        isMock: false,
      },
      { attribution: "ours", orderId, attributedBy: "answer" },
    ]);
    expect(rows[1]?.items).toMatchObject([{ quantity: 1 }]);
    expect(JSON.stringify(rows)).not.toContain("TEST-");
  });

  it("names goods as the catalogue knows them, else by the supplier's id", async () => {
    const { one, foreign } = await threeKinds();
    const { rows } = await read(one, { show: "all" });
    // Never ordered here: not in our catalogue.
    expect(rows.find(({ supplierOrderId }) => supplierOrderId === foreign)?.items[0]?.name).toMatch(
      /^product_/,
    );
    expect(rows.at(-1)?.items[0]?.name).not.toMatch(/^product_/);
  });

  it("names orders of ours that could adopt one, for one that is nobody's alone", async () => {
    const { one, nobodys } = await threeKinds();
    const waiting = await one.place(PLAIN, { customerRef: "R-1" });
    await one.work(waiting);
    await one.place(OBJECTS);
    const { rows } = await read(one, { show: "all" });
    const adopters = Object.fromEntries(rows.map((row) => [row.supplierOrderId, row.adopters]));
    expect(adopters[nobodys]).toMatchObject([
      { orderId: waiting, customerRef: "R-1", status: "submitting" },
    ]);
    expect(rows.filter((row) => row.adopters.length > 0)).toHaveLength(1);
  });

  it("is found by the beginning of its id, in either case, whatever is typed", async () => {
    const { one, nobodys } = await threeKinds();
    expect(await idsOf(one, { search: nobodys.slice(0, 6).toUpperCase() })).toEqual([nobodys]);
    for (const search of ["%", "_", "\\", "'; --", nobodys.slice(1, 8)]) {
      expect(await idsOf(one, { search }), search).toEqual([]);
    }
    expect(await idsOf(one, { search: "\u0000" })).toEqual([nobodys]);
  });

  it("may be read by a viewer, who may decide nothing", async () => {
    const { one } = await threeKinds();
    expect(await read(one, {}, viewer)).toMatchObject({ may: { decide: false } });
  });

  it("tells of each account how it is treated and when it was last read through", async () => {
    const { one } = await threeKinds();
    const { accounts } = await read(one);
    expect(accounts.find(({ supplierId }) => supplierId === one.supplierId)).toEqual({
      supplierId: one.supplierId,
      name: "FoxReload",
      mode: "create_may_charge",
      settlingMs: 600_000,
      isExclusive: false,
      auditedAt: one.ctx.now().toISOString(),
    });
  });
});

describe("in pages", () => {
  let one: Account;
  beforeAll(async () => {
    const { db: own, drop: dropOwn } = await createTestDatabase();
    one = { ctx: { db: own, now: () => new Date() } } as Account;
    const supplier = await own.supplier.create({ data: { slug: "x", kind: "x", name: "X" } });
    const firstSeenAt = new Date();
    await own.supplierOrder.createMany({
      data: Array.from({ length: 120 }, (_, at) => ({
        supplierId: supplier.id,
        supplierOrderId: `order-${String(at).padStart(3, "0")}`,
        state: "paid",
        word: "paid",
        items: [],
        // Seen on a few pages: many share a moment.
        firstSeenAt: new Date(firstSeenAt.getTime() - (at % 3) * 60_000),
        lastSeenAt: firstSeenAt,
      })),
    });
    return dropOwn;
  });

  it("each is shown once, the last first seen first, and the last page says so", async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (const size of [50, 50, 20]) {
      const page = await read(one, after ? { after } : {});
      expect(page.rows).toHaveLength(size);
      seen.push(...page.rows.map(({ supplierOrderId }) => supplierOrderId));
      after = page.next ?? undefined;
    }
    expect(after).toBeUndefined();
    expect(new Set(seen).size).toBe(120);
    expect(seen[0]).toBe("order-117");
  });
});
