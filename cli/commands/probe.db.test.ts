import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openSimulator, productId } from "#simulator/testing/open-simulator.ts";
import { probe } from "./probe.ts";
import { openTerminal } from "./typing.fixture.ts";

const { db, type, lastEntry, reset, drop } = await openTerminal();
afterAll(drop);

let supplierId: string;
beforeEach(async () => {
  supplierId = await reset();
});

const json = (out: string) => JSON.parse(out);

const OR_ADD = "or add one by `keyhold supplier add`";

describe("probe", () => {
  async function openSupplier() {
    const { simulator, clock, rule } = await openSimulator({
      seed: Math.floor(Math.random() * 1e6),
    });
    const options = {
      foxreload: simulator.url,
      wait: async (ms: number) => {
        clock.now += ms;
        await new Promise((resolve) => setTimeout(resolve, 20));
      },
    };
    return { rule, probe: (...words: string[]) => type(probe, words, options) };
  }

  const product = productId("test-plain-codes");

  it("keeps what it finds out, and notes its mock orders as its own", async () => {
    const supplier = await openSupplier();
    const { code, out, err } = await supplier.probe("--product", product, "--json");
    expect({ code, err }).toEqual({ code: 0, err: "Probing FoxReload with mock orders …\n" });
    const report = json(out);
    expect(report).toMatchObject({
      supplier: "foxreload",
      mode: "create_is_free",
      stopped: null,
      notKept: [],
    });
    const kept = await db.supplierCapability.findMany({ orderBy: { name: "asc" } });
    expect(kept).toHaveLength(report.findings.length);
    expect(kept.every(({ learntFrom }) => learntFrom === "probe")).toBe(true);
    const orders = await db.supplierOrder.findMany();
    expect(orders.map((order) => order.supplierOrderId).toSorted()).toEqual(report.made.toSorted());
    expect(
      orders.every((one) => one.attribution === "foreign" && one.attributedBy === "probe"),
    ).toBe(true);
    expect(orders.every((one) => one.alertedAt === null && one.isMock === true)).toBe(true);
    expect(await lastEntry()).toMatchObject({
      action: "supplier.probed",
      objectId: supplierId,
      details: { made: report.made.length, product, stopped: false },
    });
  });

  it("prints a table, what decides first, with a word of caution", async () => {
    const { out } = await (await openSupplier()).probe("--product", product);
    expect(out).toMatch(/Because\n─+.*\ncreate_is_free +true/);
    expect(out).toContain("Mock orders may run by other rules than real ones.");
    expect(out).toContain("Creating costs nothing: a lost create is made again.");
  });

  it("keeps what it knows when it has to stop, and says why", async () => {
    const supplier = await openSupplier();
    await supplier.rule({ rateLimit: { retryAfter: 30 } }, { endpoint: "pay" });
    const { code, out } = await supplier.probe("--product", product);
    expect(code).toBe(1);
    expect(out).toContain("Stopped early. The supplier asks for silence, for 30 s.");
    const kept = await db.supplierCapability.findMany();
    expect(kept.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["status_after_create", "retry_after_form"]),
    );
    expect(kept.map(({ name }) => name)).not.toContain("create_is_free");
  });

  it.each([
    ["answers", "a real order showed"],
    ["person", "a person said"],
  ])("doesn't overrule what is known from %s", async (learntFrom, who) => {
    await db.supplierCapability.create({
      data: { supplierId, name: "create_is_free", value: false, learntFrom, learntAt: new Date() },
    });
    const { out } = await (await openSupplier()).probe("--product", product);
    expect(out).toContain(`${who} that creating costs.`);
    expect(out).toContain("Creating may cost:");
    expect(
      await db.supplierCapability.findMany({ where: { name: "create_is_free" } }),
    ).toMatchObject([{ value: false, learntFrom }]);
  });

  it("says so where no such supplier is connected", async () => {
    expect(await type(probe, [])).toMatchObject({
      code: 1,
      err: `No supplier is connected: set FOXRELOAD_API_KEY for foxreload, ${OR_ADD}.\n`,
    });
    const { code, err } = await type(probe, ["--supplier", "other"], {
      foxreload: "http://127.0.0.1:1",
    });
    expect({ code, err }).toEqual({
      code: 1,
      err: `No supplier called other is connected: set FOXRELOAD_API_KEY for foxreload, ${OR_ADD}.\n`,
    });
  });

  it("says so where the supplier can't be reached", async () => {
    const { code, out } = await type(probe, ["--product", product], {
      foxreload: "http://127.0.0.1:1",
    });
    expect(code).toBe(1);
    expect(out).toContain("Stopped early. The supplier could not be reached (ECONNREFUSED).");
  });
});
