import { afterAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { openSimulator, productId } from "#simulator/testing/open-simulator.ts";
import { connectForProbe } from "./foxreload/probe-extras.ts";
import { type Oddities, openOddSupplier } from "./odd-supplier.fixture.ts";
import type { SupplierOrder } from "./port.ts";
import { probeAccount } from "./probe-account.ts";
import { MOST_CREATES } from "./probe-calls.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
beforeEach(async () => {
  await db.supplier.updateMany({ data: { blockedUntil: null } });
});

const PRODUCT = productId("test-plain-codes");

/** An account at this address, probed; its time goes by only while the probe waits. */
async function openAccount(baseUrl: string, advance: (ms: number) => void = () => undefined) {
  const clock = testClock();
  const { supplier, extras } = connectForProbe({
    baseUrl,
    apiKey: "test-key",
    currency: "USD",
    now: clock.now,
  });
  onTestFinished(() => supplier.close());
  const core = await testContext(db, supplier, clock);
  const remembered: SupplierOrder[] = [];
  const waits: number[] = [];
  return {
    remembered,
    waits,
    async probe({ product }: { product?: string } = { product: PRODUCT }) {
      const report = await probeAccount(
        {
          core,
          accounts: core.suppliers,
          account: core.account,
          extras,
          wait: async (ms) => {
            waits.push(ms);
            clock.advance(ms);
            advance(ms);
            // What the network brings on by itself needs a moment of real time.
            await new Promise((resolve) => setTimeout(resolve, 20));
          },
          remember: async (order) => void remembered.push(order),
        },
        { product },
      );
      const values = Object.fromEntries(report.findings.map(({ name, value }) => [name, value]));
      return { ...report, values };
    },
  };
}

async function openSimulated(options: Parameters<typeof openSimulator>[0] = {}) {
  const simulator = await openSimulator(options);
  const account = await openAccount(simulator.simulator.url, (ms) => {
    simulator.clock.now += ms;
  });
  const requests = async (endpoint: string): Promise<number> => {
    const { json } = await simulator.control("GET", "/requests");
    return json.items.filter((one: { endpoint: string }) => one.endpoint === endpoint).length;
  };
  const truth = async () => (await simulator.control("GET", "/truth")).json;
  return { ...simulator, ...account, requests, truth };
}

describe("a probe of the simulator", () => {
  it("finds out all there is to be found out", async () => {
    const { probe, truth, remembered, requests } = await openSimulated();
    const report = await probe();
    expect(report).toMatchObject({ stopped: null, open: [], product: { id: PRODUCT } });
    expect(report.values).toEqual({
      create_is_free: true,
      status_after_create: "active",
      pay_on_mock: "accepted",
      pay_twice: "refused",
      list_order: "newest_first",
      list_lag_ms: 0,
      list_shows_mocks: true,
      note_echoed: true,
      quantity_echoed: true,
      mock_echoed: true,
      idempotency_key: "refused",
      retry_after_form: "not_seen",
      landing_after_abort: "landed",
    });
    const { orders } = await truth();
    expect(orders.every(({ isMock }: { isMock: boolean }) => isMock)).toBe(true);
    expect(report.made.toSorted()).toEqual(orders.map(({ id }: { id: string }) => id).toSorted());
    expect(new Set(remembered.map((order) => order.supplierOrderId))).toEqual(new Set(report.made));
    expect(await requests("create")).toBeLessThanOrEqual(MOST_CREATES);
    expect(await requests("pay")).toBe(2);
  });

  it("chooses a cheap product that asks for nothing", async () => {
    const { probe } = await openSimulated();
    const { product, stopped } = await probe({});
    expect(stopped).toBeNull();
    expect(product).toMatchObject({ name: "Google Play 25 TRY (TR)" });
  });

  it("sees that creating costs", async () => {
    const { probe, requests } = await openSimulated({ createCharges: true });
    const report = await probe();
    expect(report.values).toMatchObject({ create_is_free: false, status_after_create: "active" });
    expect(report.findings[3]).toMatchObject({
      because: expect.stringContaining("without a payment"),
    });
    expect(report.stopped).toBeNull();
    expect(await requests("pay")).toBe(0);
  });

  it("doesn't take an order that is paid and stays as it is for free", async () => {
    const { probe, rule } = await openSimulated();
    await rule({ stall: "active" });
    const report = await probe();
    expect(report.values).not.toHaveProperty("create_is_free");
    expect(report.open).toContainEqual({
      name: "create_is_free",
      why: expect.stringContaining("didn't move it on"),
    });
  });

  it("leaves open what an order that runs out says nothing about", async () => {
    const { probe, rule } = await openSimulated();
    await rule({ cancel: { reason: "payment_expiration", when: "unpaid" } });
    const report = await probe();
    expect(report.values).not.toHaveProperty("create_is_free");
    expect(report.open.map(({ name }) => name)).toContain("create_is_free");
  });

  it.each<[string, object]>([
    ["seconds", { retryAfter: 7 }],
    ["date", { retryAfter: 8, as: "date" }],
    ["none", {}],
    ["none", { retryAfter: "soon" }],
  ])("stops at once when asked for silence (%s), and calls no more", async (form, rateLimit) => {
    const { probe, rule, requests } = await openSimulated();
    await rule({ rateLimit }, { endpoint: "pay", times: 1 });
    const report = await probe();
    expect(report.stopped).toMatch(
      /^The supplier asks for silence, for \d+ s\. Probe again after that\.$/,
    );
    expect(report.values).toMatchObject({ retry_after_form: form, status_after_create: "active" });
    expect(report.values).not.toHaveProperty("create_is_free");
    const before = await requests("any");
    expect((await probe()).stopped).toContain("asks for silence");
    expect(await requests("any")).toBe(before);
  });

  it.each([
    ["loseReply", { loseReply: "after" }],
    ["serverError", { serverError: { effect: true } }],
    ["garble", { garble: "html" }],
  ])("stops at an unclear create (%s), and makes no other", async (_, fault) => {
    const { probe, rule, requests } = await openSimulated();
    await rule(fault, { endpoint: "create", times: 1 });
    const report = await probe();
    expect(report.stopped).toContain("The answer to a mock order is unclear");
    expect(await requests("create")).toBe(1);
  });

  it("says so when the key or the product is refused", async () => {
    const { probe, rule } = await openSimulated();
    expect((await probe({ product: "product_unknown" })).stopped).toContain(
      "no product product_unknown",
    );
    expect((await probe({ product: productId("test-every-note-field") })).stopped).toContain(
      "asks for login",
    );
    await rule({ refuse: { status: 401, detail: "Bad key" } });
    expect((await probe()).stopped).toBe("The supplier refuses the API key: Bad key");
  });

  it("goes on where the list can't be read", async () => {
    const { probe, rule } = await openSimulated();
    await rule({ garble: "truncated" }, { endpoint: "list" });
    const report = await probe();
    expect(report.stopped).toBeNull();
    expect(report.values).toMatchObject({ create_is_free: true, note_echoed: true });
    expect(report.open.map(({ name }) => name).toSorted()).toEqual([
      "landing_after_abort",
      "list_lag_ms",
      "list_order",
      "list_shows_mocks",
    ]);
  });
});

describe("a probe of an odd supplier", () => {
  async function probeOdd(odd: Oddities) {
    const supplier = await openOddSupplier(odd);
    const account = await openAccount(supplier.url);
    return { ...supplier, ...account, ...(await account.probe()) };
  }

  it.each<[string, Oddities, Record<string, unknown>]>([
    ["nothing of the key", {}, { idempotency_key: "ignored" }],
    ["one order of one key", { key: "same_order" }, { idempotency_key: "same_order" }],
    ["a mistake of the key", { key: "not_taken" }, { idempotency_key: "not_taken" }],
    ["notes secret", { hides: ["note"] }, { note_echoed: false, landing_after_abort: "landed" }],
    ["quantities secret", { hides: ["quantity"] }, { quantity_echoed: false }],
    [
      "mocks secret in the list",
      { list: "silent on mocks" },
      { mock_echoed: false, create_is_free: true },
    ],
    [
      "the oldest order the first",
      { list: "oldest_first" },
      { list_order: "oldest_first", list_shows_mocks: true, landing_after_abort: "landed" },
    ],
    ["its list wait", { list: "late" }, { list_lag_ms: 7_500, list_order: "newest_first" }],
    [
      "mocks out of the list",
      { list: "none" },
      { list_shows_mocks: false, list_lag_ms: null, create_is_free: true },
    ],
    [
      "orders paid from the start",
      { born: "paid" },
      { create_is_free: false, status_after_create: "paid" },
    ],
  ])("that makes %s", async (_, odd, values) => {
    const report = await probeOdd(odd);
    expect(report.stopped).toBeNull();
    expect(report.values).toMatchObject(values);
    expect(report.made.toSorted()).toEqual(report.rows.map(({ id }) => id).toSorted());
  });

  it("only ever sends mock orders, few of them, and spaced", async () => {
    const { posts, waits } = await probeOdd({ refusesNotes: true });
    const creates = posts.filter(({ path }) => path === "/api/orders/");
    expect(creates.length).toBeLessThanOrEqual(MOST_CREATES);
    expect(creates.every(({ body }) => body.isMock === true)).toBe(true);
    expect(waits.filter((ms) => ms === 1_000).length).toBeGreaterThanOrEqual(posts.length);
  });

  it("leaves notes open that are refused, and does without", async () => {
    const { values, open } = await probeOdd({ refusesNotes: true });
    expect(open).toEqual([{ name: "note_echoed", why: expect.stringContaining("is refused") }]);
    expect(values).toMatchObject({ quantity_echoed: true, landing_after_abort: "landed" });
  });

  it("stops at a real order, having noted it, and pays nothing", async () => {
    const { stopped, remembered, posts } = await probeOdd({ mock: "real" });
    expect(stopped).toContain(
      "Supplier order Order-1 was asked for as a mock order and is a real one",
    );
    expect(remembered).toHaveLength(1);
    expect(posts).toHaveLength(1);
  });

  it("goes by the balance where no answer says that orders are mock ones", async () => {
    expect(await probeOdd({ mock: "silent" })).toMatchObject({
      stopped: null,
      values: { create_is_free: true, mock_echoed: false },
    });
    const charging = await probeOdd({ mock: "silent", takes: 1 });
    expect(charging.stopped).toContain("the account holds less USD than before (100, now 99)");
    expect(charging.posts).toHaveLength(1);
    const blind = await probeOdd({ mock: "silent", balance: "unreadable" });
    expect(blind.stopped).toContain("the balance can't be read to tell");
    expect(blind.posts).toHaveLength(1);
  });

  it("takes a refused or empty payment for no proof", async () => {
    const refused = await probeOdd({ pay: () => [400, { code: "NO_MOCKS", detail: "no" }] });
    expect(refused.values).toMatchObject({ pay_on_mock: "refused" });
    expect(refused.values).not.toHaveProperty("create_is_free");
    const empty = await probeOdd({ pay: () => [200, {}] });
    expect(empty.values).toMatchObject({ pay_on_mock: "accepted" });
    expect(empty.values).not.toHaveProperty("create_is_free");
  });
});
