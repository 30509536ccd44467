import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { messageOf, typesOf } from "#lib/events/events.fixture.ts";
import { configureSupplier } from "#lib/placement/configure-supplier.ts";
import type { Outcome, SupplierBalance } from "#lib/suppliers/port.ts";
import {
  scriptedSupplier,
  type TestClock,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { readBalances } from "./read.ts";
import { sampleBalance } from "./sample-balance.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const viewer = testActor("viewer");
const JOB = { kind: "job", name: "test" } as const;
let clock: TestClock;
let answer: Outcome<SupplierBalance[]>;
let ctx: Awaited<ReturnType<typeof testContext>>;

beforeEach(async () => {
  await db.balanceSample.deleteMany();
  clock = testClock();
  ctx = await testContext(db, scriptedSupplier({ getBalances: async () => answer }), clock);
});

const usd = (available: string, more: Partial<SupplierBalance> = {}): SupplierBalance => ({
  currency: "USD",
  available,
  reserved: "0",
  pending: "0",
  ...more,
});
const sample = (...balances: SupplierBalance[]) => {
  answer = { kind: "accepted", value: balances };
  return sampleBalance(ctx, ctx.account, "refresh");
};
const history = async () =>
  (await db.balanceSample.findMany({ orderBy: { id: "desc" } })).map(({ available }) =>
    available.toFixed(),
  );

describe("a balance that runs low", () => {
  let earlier = 0;
  beforeEach(async () => {
    earlier = await db.outboundEvent.count();
    await db.systemSignal.deleteMany();
    await db.balanceLine.deleteMany();
  });
  const told = () => db.outboundEvent.findMany({ orderBy: { id: "asc" }, skip: earlier });
  type Lines = { lowAt: string; okAt: string; criticalAt?: string } | null;
  const setLines = (lines: Lines, currency = "USD") => {
    const balance = { [currency]: lines && { criticalAt: null, ...lines } };
    return configureSupplier(ctx, JOB, ctx.account.slug, { balance });
  };
  const sampleAll = async (...amounts: string[]) => {
    for (const amount of amounts) {
      clock.advance(60_000);
      await sample(usd(amount));
    }
  };

  it("is told of once a crossing, with its alert, however many processes sample", async () => {
    await setLines({ lowAt: "50", okAt: "60" });
    await sampleAll("100", "50");
    expect(await told()).toEqual([]);
    clock.advance(60_000);
    const since = clock.now();
    await Promise.all([sample(usd("49.5")), sample(usd("49.5")), sample(usd("49.5"))]);
    await sampleAll("20", "59.99", "45", "60", "55");
    const events = await told();
    expect(typesOf(events)).toEqual([...["balance.low", "balance.recovered"]]);
    const [low, recovered] = events.map(messageOf);
    const url = `https://ops.example.com/balance?account=${events[0]?.subject}:USD`;
    const lines = { supplier: "foxreload", currency: "USD", lowAt: "50", okAt: "60", url };
    const at = since.toISOString();
    expect(low?.data).toEqual({ ...lines, available: "49.5", since: at });
    expect(await db.systemSignal.findMany()).toMatchObject([
      { key: "balance_low", data: { available: "45" } },
    ]);
    expect(recovered?.data).toEqual({ ...lines, available: "60", since: at });
    await sampleAll("49");
    expect(await told()).toHaveLength(3);
  });

  it("is critical below its second line, and over with the first", async () => {
    await setLines({ lowAt: "50", okAt: "60", criticalAt: "20" });
    const seen: string[][] = [];
    for (const amount of ["100", "49", "19.9999", "20", "49.99", "50", "60", "1"]) {
      await sampleAll(amount);
      seen.push((await standing()).map(({ key }) => key));
    }
    const [low, both] = [["balance_low"], ["balance_critical", "balance_low"]];
    expect(seen).toEqual([[], low, both, both, both, low, [], both]);
  });

  const standing = () =>
    db.systemSignal.findMany({ where: { clearedAt: null }, orderBy: { key: "asc" } });
  const eur = (available: string) => ({ ...usd(available), currency: "EUR" });

  it("is nobody's business without a line, from the moment it is taken away", async () => {
    await sampleAll("1");
    expect(await told()).toEqual([]);
    await setLines({ lowAt: "50", okAt: "60", criticalAt: "20" });
    await sampleAll("1");
    expect(await standing()).toHaveLength(2);
    await setLines({ lowAt: "50", okAt: "60" });
    expect(await standing()).toMatchObject([{ key: "balance_low" }]);
    await setLines(null);
    expect(await standing()).toEqual([]);
    await sampleAll("1", "1");
    expect(typesOf(await told())).toEqual(["balance.low"]);
    await setLines({ lowAt: "50", okAt: "60" });
    await sampleAll("1");
    await configureSupplier(ctx, JOB, ctx.account.slug, { balance: null });
    expect([await db.balanceLine.count(), await standing()]).toEqual([0, []]);
  });

  it("is told of in each currency by itself, and in the alert anew where another joins", async () => {
    await setLines({ lowAt: "50", okAt: "60", criticalAt: "20" });
    await setLines({ lowAt: "10", okAt: "10" }, "EUR");
    const both = async (dollars: string, euros: string) => {
      clock.advance(60_000);
      await sample(usd(dollars), eur(euros));
    };
    await both("100", "9");
    const [first] = await standing();
    expect(first).toMatchObject({ data: { currency: "EUR", available: "9", lowAt: "10" } });
    await both("100", "8");
    expect(await standing()).toMatchObject([{ id: first?.id, data: { available: "8" } }]);
    await both("19", "8");
    const [critical, low] = await standing();
    expect(low).toMatchObject({ data: { currency: "USD", available: "19", also: "EUR" } });
    // Nobody was told of it yet: it stays one, with the newest data.
    expect(low?.id).toBe(first?.id);
    expect(critical).toMatchObject({ key: "balance_critical", data: { currency: "USD" } });
    expect(critical?.data).not.toHaveProperty("also");
    await both("60", "8");
    expect(await standing()).toMatchObject([{ id: low?.id, data: { currency: "EUR" } }]);
    // An answer that leaves a currency out says nothing of it.
    clock.advance(60_000);
    await sample(usd("61"));
    expect(await standing()).toMatchObject([{ id: low?.id, data: { available: "8" } }]);
    await both("61", "10");
    expect(await standing()).toEqual([]);
    expect((await told()).map(messageOf)).toMatchObject([
      { type: "balance.low", data: { currency: "EUR" } },
      { type: "balance.low", data: { currency: "USD" } },
      { type: "balance.recovered", data: { currency: "USD" } },
      { type: "balance.recovered", data: { currency: "EUR" } },
    ]);
  });
});

describe("sampleBalance", () => {
  it("keeps a history of changes, not of samples", async () => {
    await sample(usd("100"));
    clock.advance(60_000);
    await sample(usd("100.0000"));
    expect(await db.balanceSample.findMany()).toMatchObject([{ sampledAt: clock.now() }]);
    clock.advance(60_000);
    await sample(usd("95.25"));
    await sample(usd("95.25", { reserved: "4.75" }));
    await sample(usd("100"));
    expect(await history()).toEqual(["100", "95.25", "95.25", "100"]);
  });

  it("takes an amount with more decimals than we keep for the same when it comes again", async () => {
    await sample(usd("10.123456"));
    await sample(usd("10.123456"));
    expect(await history()).toEqual(["10.1235"]);
  });

  it("keeps currencies apart, and one of a currency named twice", async () => {
    await sample(usd("1"), usd("9"), { ...usd("5"), currency: "RUB" });
    await sample(usd("1"), usd("9"), { ...usd("6"), currency: "RUB" });
    expect(await readBalances(ctx, viewer)).toMatchObject([
      { currency: "RUB", available: "6" },
      { currency: "USD", available: "9" },
    ]);
    expect(await db.balanceSample.count()).toBe(3);
  });

  it("leaves a currency with absurd amounts out", async () => {
    expect(await sample(usd("1e30"), { ...usd("-5"), currency: "RUB" })).not.toBeNull();
    expect(await readBalances(ctx, viewer)).toMatchObject([{ currency: "RUB", available: "-5" }]);
  });

  it("writes a change once when several processes see it at once", async () => {
    await sample(usd("100"));
    clock.advance(60_000);
    answer = { kind: "accepted", value: [usd("95")] };
    await Promise.all(Array.from({ length: 5 }, () => sampleBalance(ctx, ctx.account, "refresh")));
    expect(await history()).toEqual(["95", "100"]);
  });

  it("never moves a sample's time back", async () => {
    await sample(usd("100"));
    const sampledAt = clock.now();
    clock.advance(-60_000);
    await sample(usd("100"));
    expect(await db.balanceSample.findMany()).toMatchObject([{ sampledAt }]);
  });

  it.each([
    ["an unclear answer", { kind: "unknown", reason: "timeout", httpStatus: null }],
    [
      "a refusal",
      {
        kind: "refused",
        refusal: { class: "auth", code: null, detail: "no such key", httpStatus: 401 },
      },
    ],
  ] as const)("keeps what was known after %s", async (_, given) => {
    await sample(usd("100"));
    answer = given;
    expect(await sampleBalance(ctx, ctx.account, "refresh")).toBeNull();
    expect(await history()).toEqual(["100"]);
  });
});

describe("readBalances", () => {
  it("knows nothing before the first sample", async () => {
    expect(await readBalances(ctx, viewer)).toEqual([]);
  });

  it("shows the newest of each currency, and when it has become old", async () => {
    await sample(usd("100"), { ...usd("7.5"), currency: "EUR" });
    clock.advance(60_000);
    await sample(usd("95.2500", { reserved: "4.75", pending: "0.10" }));
    const sampledAt = clock.now().toISOString();
    clock.advance(150_000);
    const [eur, dollars, ...others] = await readBalances(ctx, viewer);
    expect(eur).toMatchObject({ currency: "EUR", available: "7.5", stale: true });
    expect(dollars).toEqual({
      supplierName: "FoxReload",
      currency: "USD",
      available: "95.25",
      reserved: "4.75",
      pending: "0.1",
      sampledAt,
      stale: false,
    });
    expect(others).toEqual([]);
  });

  it("keeps accounts with the same currency apart", async () => {
    const supplier = { slug: "another", kind: "another", name: "Another" };
    const { id: supplierId } = await db.supplier.create({ data: supplier });
    const amounts = { available: "3", reserved: "0", pending: "0" };
    await db.balanceSample.create({
      data: { supplierId, currency: "USD", ...amounts, sampledAt: clock.now() },
    });
    await sample(usd("100"));
    expect(await readBalances(ctx, viewer)).toMatchObject([
      { supplierName: "Another", available: "3" },
      { supplierName: "FoxReload", available: "100" },
    ]);
  });
});
