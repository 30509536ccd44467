import { describe, expect, test } from "vitest";
import { openInProcess } from "#simulator/testing/in-process.ts";
import type { openCaller } from "../http/call.ts";
import type { Exchange } from "../http/outcome.ts";
import { readBody } from "../http/read-body.ts";
import type { NewSupplierOrder, Supplier, SupplierOrder } from "../port.ts";
import { connectFoxreload } from "./connect.ts";
import { orderBody } from "./order-body.ts";

const START = Date.UTC(2026, 2, 1, 12);
const ANY_TIME = { notAfter: new Date("2199-01-01") };

/** The adapter on a supplier in this process, in virtual time. */
function open(options: { createCharges?: boolean; clockOffsetMs?: number } = {}) {
  const clock = { now: START };
  const sim = openInProcess({ apiKey: "key-123456", now: () => clock.now, ...options });
  const carry: typeof openCaller = (_origin, _timeouts, now) => ({
    async call({ path, headers, body }): Promise<Exchange> {
      const firstByteAt = now();
      const got = sim.request({ method: body === null ? "GET" : "POST", path, headers, body });
      if (got.status === null) return { kind: "no_answer", problem: "lost", firstByteAt };
      const { status, headers: told } = got;
      const head = { status, retryAfter: told["retry-after"] ?? null, date: told.date ?? null };
      return { kind: "answered", ...head, firstByteAt, body: readBody(got.body) };
    },
    close: () => Promise.resolve(),
  });
  const supplier = connectFoxreload({
    baseUrl: "http://simulated",
    apiKey: "key-123456",
    currency: "USD",
    now: () => new Date(clock.now),
    open: carry,
  });
  return { clock, sim, supplier };
}

function newOrder(sim: ReturnType<typeof openInProcess>, quantity = 1): NewSupplierOrder {
  const productId = sim.world.catalogue.product("test-plain-codes")?.id ?? "";
  const items = [{ productId, quantity, note: null }];
  return { reference: "0199-a-reference", items, isMock: false, totalPrice: null, currency: "USD" };
}

async function create(supplier: Supplier, order: NewSupplierOrder): Promise<SupplierOrder> {
  const outcome = await supplier.createOrder(order, ANY_TIME);
  if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

/** Every row of every page. */
async function listAll(supplier: Supplier): Promise<SupplierOrder[]> {
  const rows: SupplierOrder[] = [];
  let cursor: string | null = null;
  do {
    const outcome = await supplier.listOrders(cursor);
    if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
    rows.push(...outcome.value.items);
    cursor = outcome.value.next;
  } while (cursor !== null);
  return rows;
}

test("an order goes its way, by both clocks", async () => {
  const { clock, sim, supplier } = open({ clockOffsetMs: 600_000 });
  const outcome = await supplier.createOrder(newOrder(sim, 2), ANY_TIME);
  expect(outcome).toMatchObject({
    kind: "accepted",
    value: {
      state: "awaiting_payment",
      isMock: false,
      createdAt: new Date(START + 600_000),
      items: [{ quantity: 2, note: {}, codes: [] }],
    },
    timing: { firstByteAt: new Date(START), supplierClock: new Date(START + 600_000) },
  });
  const id = outcome.kind === "accepted" ? outcome.value.supplierOrderId : "";
  expect(await supplier.payOrder(id, ANY_TIME)).toMatchObject({ value: { state: "paid" } });
  clock.now += 60_000;
  const done = await supplier.getOrder(id);
  expect(done).toMatchObject({ value: { state: "completed" } });
  const codes = sim.truth().orders[0]?.items[0]?.codes;
  expect(done.kind === "accepted" && done.value.items[0]?.codes.map(({ raw }) => raw)).toEqual(
    codes,
  );
});

test("creating may charge, and paying is then refused", async () => {
  const { sim, supplier } = open({ createCharges: true });
  const { supplierOrderId } = await create(supplier, newOrder(sim));
  expect(await supplier.payOrder(supplierOrderId, ANY_TIME)).toMatchObject({
    kind: "refused",
    refusal: { class: "payment_not_possible" },
  });
  expect(sim.truth().balances.usd.reserved).toBe("0.5000");
});

test("an answer lost at any byte leaves an order and an outcome that nobody knows", async () => {
  const { sim, supplier } = open();
  const order = newOrder(sim);
  const whole = sim.request({
    method: "POST",
    path: "/api/orders/",
    headers: { "x-api-key": "key-123456" },
    body: orderBody(order),
  });
  // The head takes up at least as much again.
  for (let cutAt = 0; cutAt < whole.body.length; cutAt += 7) {
    sim.addRule({ match: { times: 1 }, do: { cutAt } });
    const outcome = await supplier.createOrder(order, ANY_TIME);
    expect(outcome.kind, `cut at byte ${cutAt}`).toBe("unknown");
  }
});

describe("the list", () => {
  test.each<[string, Record<string, unknown>]>([
    ["as it is", {}],
    ["a bare array", { bare: true }],
    ["oldest first", { order: "oldest_first" }],
    ["rows twice", { listDuplicate: 0.5 }],
  ])("holds every order: %s", async (_, manner) => {
    const { clock, sim, supplier } = open();
    const ids: string[] = [];
    for (let count = 0; count < 113; count++) {
      ids.push((await create(supplier, newOrder(sim))).supplierOrderId);
      clock.now += 1_000;
    }
    sim.addRule({ match: { endpoint: "list" }, do: { delayMs: 1, ...manner } });
    const listed = new Set((await listAll(supplier)).map(({ supplierOrderId }) => supplierOrderId));
    expect([...listed].toSorted()).toEqual(ids.toSorted());
  });

  test("says what it doesn't show", async () => {
    const { sim, supplier } = open();
    await create(supplier, newOrder(sim));
    const omit = ["note", "quantity", "isMock", "createdAt"];
    sim.addRule({ match: { endpoint: "list" }, do: { omit } });
    expect(await listAll(supplier)).toMatchObject([
      { isMock: null, createdAt: null, items: [{ note: null, quantity: null }] },
    ]);
  });
});

test.each(["data", "order"])("single orders wrapped in `%s` are the same orders", async (wrap) => {
  const { sim, supplier } = open();
  sim.addRule({ do: { wrap } });
  const created = await create(supplier, newOrder(sim));
  const paid = await supplier.payOrder(created.supplierOrderId, ANY_TIME);
  expect(paid).toMatchObject({ kind: "accepted", value: { state: "paid" } });
  expect(await supplier.getOrder(created.supplierOrderId)).toMatchObject({
    value: { redacted: { id: created.supplierOrderId, status: "paid" } },
  });
});
