import { expect, test } from "vitest";
import type { Json, Outcome, Page } from "../port.ts";
import { findOnPage } from "./find-order.ts";
import { mapOrder } from "./map-order.ts";
import { type ListedOrder, PAGE_ROWS, readListCursor, readListed } from "./order-list.ts";
import { orderState } from "./order-state.ts";

const READING = { config: { products: [], currency: "USD" }, secrets: ["a-secret-word"] };

const row = (id: string, more: Record<string, Json> = {}): Json => ({
  id,
  status: "PROCESSING",
  ...more,
});
const rows = (count: number, from = 0): Json[] =>
  Array.from({ length: count }, (_, at) => row(`o-${from + at}`));

function next(answer: Json, cursor: string | null = null): string | null {
  const at = readListCursor(cursor);
  if (!at) throw new Error("no cursor of ours");
  const read = readListed(answer, at, READING);
  return read.ok ? read.value.next : read.problem;
}

test("a list ends where the supplier says so, or where a page brings nothing", () => {
  const told = (currentPage: number, totalPages: number, totalItems: number) => ({
    pagination: { currentPage, totalPages, totalItems, perPage: 100 },
  });
  expect(next({ data: rows(100), ...told(1, 2, 101) })).toBe("p:2:o-0");
  expect(next({ data: rows(1, 100), ...told(2, 2, 101) }, "p:2:o-0")).toBeNull();
  expect(next({ data: [] })).toBeNull();
  // Without a word on pages only an empty page, or the same one again, is the end.
  expect(next({ data: rows(3) })).toBe("p:2:o-0");
  expect(next({ data: rows(3) }, "p:2:o-0")).toBeNull();
  expect(next(rows(3))).toBe("p:2:o-0");
});

test("a list that can't be believed is no list", () => {
  const problem = "the list does not move on";
  expect(next({ data: rows(100), pagination: { currentPage: 2 } })).toBe(problem);
  expect(next({ data: rows(100) }, "p:2:o-0")).toBe(problem);
  expect(
    next({ data: rows(10), pagination: { totalPages: 1, totalItems: 500, perPage: 10 } }),
  ).toBe(problem);
  expect(next({ data: rows(PAGE_ROWS + 1) })).toBe("the list is longer than was asked for");
  expect(next({ data: [{ name: "no id" }] })).toBe("no entry of the list is understood");
  expect(next({ orders: [] })).toBe("the answer holds no list");
  expect(readListCursor("o:1")).toBeNull();
});

test("words of its papers are known in any spelling, all others are kept and end nothing", () => {
  expect(orderState("Completed")).toBe("completed");
  expect(orderState("PENDING_DELIVERY_FROM_OZZOBiT")).toBe("processing");
  expect(orderState("PAYMENT_DONE_MARKED_BY_USER")).toBe("awaiting_payment");
  expect(orderState("REFUNDED")).toBe("unknown");
  expect(orderState("")).toBe("unknown");
  expect(mapOrder(row("o-1", { status: "ON_HOLD a-secret-word" }), READING)).toMatchObject({
    state: "unknown",
    word: "ON_HOLD ••••",
  });
});

test("which product an order is for is only said where one alone fits", () => {
  const product = {
    id: "a",
    name: "A",
    side: "BUY" as const,
    cryptoCurrency: "USDT",
    network: "tron",
    fiatAmount: "10.10",
    asksForWallet: true,
  };
  const order = row("o-1", {
    productsAvailed: "BUY",
    cryptoCurrency: "usdt",
    network: "TRON",
    fiatCurrency: "USD",
    fiatAmount: 30.3,
  });
  const itemWith = (products: (typeof product)[]) =>
    mapOrder(order, { config: { products, currency: "USD" }, secrets: [] })?.items[0];
  expect(itemWith([product])).toMatchObject({ productId: "a", quantity: 3 });
  expect(itemWith([product, { ...product, id: "b", fiatAmount: "30.30" }])).toMatchObject({
    productId: null,
    quantity: null,
  });
  expect(itemWith([{ ...product, fiatAmount: "7" }])).toMatchObject({ productId: null });
});

const REFERENCE = "019a9f5e-1c3a-7000-8000-000000000001";
const MADE_AT = 0x019a9f5e1c3a;
const HOUR = 3_600_000;

/** Pages of one order each, of which it is known how long before the reference they were made. */
function pages(hoursBefore: (number | null)[], referenceAt = -1) {
  let asked = 0;
  const list = async (cursor: string | null): Promise<Outcome<Page<ListedOrder>>> => {
    const at = cursor === null ? 0 : Number(cursor);
    asked++;
    const hours = hoursBefore[at] ?? null;
    const createdAt = hours === null ? null : new Date(MADE_AT - hours * HOUR).toISOString();
    const order = mapOrder(row(`o-${at}`, { createdAt }), READING);
    if (!order) throw new Error("no order");
    const items = [{ order, reference: at === referenceAt ? REFERENCE : `other-${at}` }];
    const more = at + 1 < hoursBefore.length ? String(at + 1) : null;
    return { kind: "accepted", value: { items, next: more } };
  };
  return { list, asked: () => asked };
}

/** Goes on until there is an answer. */
async function search(reference: string, { list }: ReturnType<typeof pages>) {
  for (let cursor: string | null = null; ; ) {
    const page = await findOnPage(reference, cursor, list);
    if (page.kind !== "accepted" || page.value.kind !== "more") return page;
    cursor = page.value.next;
  }
}

test("an order is searched for one page at a time, until older ones come and no further", async () => {
  const past = pages([1, 2, 30, 40, 50]);
  const first = await findOnPage(REFERENCE, null, past.list);
  expect(first).toMatchObject({ kind: "accepted", value: { kind: "more" } });
  expect(past.asked()).toBe(1);
  expect(await search(REFERENCE, past)).toMatchObject({ value: { kind: "none" } });
  expect(past.asked()).toBe(1 + 3);
  expect(await search(REFERENCE, pages([1, 2, 3, 4], 3))).toMatchObject({
    value: { kind: "order", order: { supplierOrderId: "o-3" } },
  });
});

test("where the list isn't sorted, or doesn't say when orders were made, its end alone says no", async () => {
  for (const hours of [
    [5, 1, 40, 50],
    [1, null, 40, 50],
  ]) {
    const list = pages(hours);
    expect(await search(REFERENCE, list)).toMatchObject({ value: { kind: "none" } });
    expect(list.asked()).toBe(4);
  }
  const foreign = pages([1, 2, 30, 31, 32, 33]);
  expect(await search("not-one-of-ours", foreign)).toMatchObject({ value: { kind: "none" } });
  expect(foreign.asked()).toBe(6);
});

test("a page that can't be read, or a place that we did not give out, says nothing of the order", async () => {
  const fails = async (): Promise<Outcome<never>> => ({
    kind: "unknown",
    reason: "x",
    httpStatus: 502,
  });
  expect(await findOnPage(REFERENCE, null, fails)).toMatchObject({
    kind: "unknown",
    httpStatus: 502,
  });
  for (const cursor of ["", "p:2:o-1", "s:1:", "s:-1:x", "s:x:y", "s:1e3:p"]) {
    const list = pages([1, 2]);
    expect((await findOnPage(REFERENCE, cursor, list.list)).kind).toBe("refused");
    expect(list.asked()).toBe(0);
  }
});
