/** Walking a supplier's list into the mirror: where it ends, and what may be concluded from it. */
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  accepted,
  refused,
  supplierItem,
  supplierOrder,
  UNKNOWN,
} from "#lib/orders/observations.fixture.ts";
import type { Outcome, Page, Supplier, SupplierOrder } from "#lib/suppliers/port.ts";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { listOrders } from "./list-orders.ts";
import { MOST_PAGES } from "./list-schedule.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(clock.now().getTime() - hours * HOUR_MS);

const order = (id: string, createdAt: Date | null = null): SupplierOrder =>
  supplierOrder("paid", { supplierOrderId: id, createdAt, items: [supplierItem()] });
/** A page, with more behind it unless it is the last. */
const page = (orders: SupplierOrder[], next: string | null = "more") =>
  accepted({ items: orders, next });
const sorted = (...hours: number[]) => hours.map((ago) => order(`o${ago}`, hoursAgo(ago)));

beforeEach(() => db.supplierOrder.deleteMany());

type Listed = Outcome<Page<SupplierOrder>>;
async function walk(
  pages: (Listed | (() => Promise<Listed>))[],
  options: Partial<Parameters<typeof listOrders>[2]> & { stop?: AbortSignal } = {},
) {
  const listed = vi.fn<Supplier["listOrders"]>();
  for (const one of pages) {
    listed.mockImplementationOnce(typeof one === "function" ? one : async () => one);
  }
  const ctx = await testContext(db, scriptedSupplier({ listOrders: listed }), clock);
  const { stop, ...rest } = options;
  const result = await listOrders({ ...ctx, ...(stop ? { stop } : {}) }, ctx.account, {
    backTo: hoursAgo(2),
    knownBefore: null,
    points: { read: "gate_page_read" },
    ...rest,
  });
  return { ...result, listed };
}
const mirrored = async () =>
  (await db.supplierOrder.findMany({ orderBy: { supplierOrderId: "asc" } })).map(
    ({ supplierOrderId }) => supplierOrderId,
  );

describe("a walk", () => {
  it("ends with the list, and has written all of it down", async () => {
    const { isComplete, pages, orders, listed } = await walk([
      page(sorted(0, 1)),
      page(sorted(1, 1.5), null),
    ]);
    expect({ isComplete, pages }).toEqual({ isComplete: true, pages: 2 });
    expect([...orders.keys()].sort()).toEqual(["o0", "o1", "o1.5"]);
    expect(await mirrored()).toEqual(["o0", "o1", "o1.5"]);
    expect(listed.mock.calls).toEqual([[null], ["more"]]);
  });

  it("ends at a page that is older than needed, sorted the newest first", async () => {
    const { isComplete, pages } = await walk([page(sorted(0, 1)), page(sorted(1.5, 3))]);
    expect({ isComplete, pages }).toEqual({ isComplete: true, pages: 2 });
  });

  it("of an empty list is complete", async () => {
    expect(await walk([page([], null)])).toMatchObject({ isComplete: true, pages: 1 });
  });

  it.each<[string, SupplierOrder[]]>([
    ["sorted the oldest first", sorted(3, 1, 0)],
    ["in no order", sorted(0, 3, 1, 3)],
    ["all of one moment, which shows no order", [order("a", hoursAgo(3)), order("b", hoursAgo(3))]],
    ["a single one", sorted(3)],
    ["one without a time among them", [...sorted(0), order("x"), ...sorted(3)]],
  ])("goes on behind a page that is %s, though it ends with an old one", async (_, orders) => {
    const { isComplete, pages, listed } = await walk([page(orders), page(sorted(0.5), null)]);
    expect(listed).toHaveBeenCalledTimes(2);
    expect({ isComplete, pages }).toEqual({ isComplete: true, pages: 2 });
  });

  it("of a list without times ends where all was known before, and not before that", async () => {
    const [known, fresh] = [[order("k1"), order("k2")], [order("n1")]];
    await walk([page(known, null)]);
    clock.advance(60_000);
    const since = clock.now();
    clock.advance(60_000);
    // A page that another reader has just written down is news all the same.
    await walk([page(fresh, null)]);
    const { pages, isComplete } = await walk([page(fresh), page(known), page([order("old")])], {
      knownBefore: since,
    });
    expect({ isComplete, pages }).toEqual({ isComplete: true, pages: 2 });
  });

  it("of a list without times is read to its end where nothing may be taken for known", async () => {
    await walk([page([order("k1")], null)]);
    const { pages, isComplete } = await walk([page([order("k1")]), page([order("k0")], null)]);
    expect({ isComplete, pages }).toEqual({ isComplete: true, pages: 2 });
  });

  it.each<[string, Listed | (() => Promise<Listed>), string]>([
    ["is unclear", UNKNOWN, UNKNOWN.reason],
    ["is refused", refused("auth"), "refused: auth"],
    ["breaks off inside", () => Promise.reject(new Error("bug")), "broke off"],
  ])(
    "that %s on its second page is incomplete, and keeps what it saw",
    async (_, answer, problem) => {
      const result = await walk([page(sorted(0, 1)), answer]);
      expect(result).toMatchObject({ isComplete: false, pages: 1 });
      expect(result.problem).toContain(problem);
      expect(await mirrored()).toEqual(["o0", "o1"]);
    },
  );

  it("waits for no silence: it is incomplete", async () => {
    const result = await walk([
      page(sorted(0, 1)),
      refused("rate_limited", { retryAfterMs: 30_000 }),
    ]);
    expect(result).toMatchObject({ isComplete: false });
    expect(await walk([])).toMatchObject({ isComplete: false, pages: 0 });
    await db.supplier.updateMany({ data: { blockedUntil: null } });
  });

  it("that never ends is incomplete after many pages", async () => {
    const endless = Array.from({ length: MOST_PAGES + 5 }, (_, at) => page([order(`e${at}`)]));
    const { isComplete, pages, problem, listed } = await walk(endless);
    expect({ isComplete, pages }).toEqual({ isComplete: false, pages: MOST_PAGES });
    expect(problem).toContain(`${MOST_PAGES} pages`);
    expect(listed).toHaveBeenCalledTimes(MOST_PAGES);
  });

  it("of a process that is being stopped reads no further page", async () => {
    const { isComplete, listed } = await walk([page(sorted(0))], { stop: AbortSignal.abort() });
    expect(isComplete).toBe(false);
    expect(listed).not.toHaveBeenCalled();
  });

  it("keeps what it is made under, page by page", async () => {
    const renew = vi.fn(async () => undefined);
    await walk([page(sorted(0)), page(sorted(1), null)], { renew });
    expect(renew).toHaveBeenCalledTimes(2);
  });

  it("counts an order once that moves along, and keeps its latest state", async () => {
    const again = { ...order("o1", hoursAgo(1)), state: "completed", word: "completed" } as const;
    const { orders } = await walk([page(sorted(0, 1)), page([again, ...sorted(1.5)], null)]);
    expect(orders.size).toBe(3);
    expect(orders.get("o1")).toMatchObject({ state: "completed" });
    expect(await db.supplierOrder.findFirst({ where: { supplierOrderId: "o1" } })).toMatchObject({
      state: "completed",
    });
  });
});
