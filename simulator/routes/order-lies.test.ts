import { describe, expect, it } from "vitest";
import { openSimulator } from "../testing/open-simulator.ts";

/** A completed order with three codes, and what one more look at it shows under a lie. */
async function openCompleted(slug = "test-plain-codes") {
  const opened = await openSimulator();
  const { order, pay, read, rule, clock, control } = opened;
  const { id } = (await order(slug, {}, { quantity: 3 })).json;
  await pay(id);
  clock.now += 60_000;
  const codesOf = async (): Promise<unknown[]> => (await read(id)).json.items[0].externalData;
  const told = async (lie: unknown) => {
    await rule(lie, { endpoint: "get", times: 1 });
    return codesOf();
  };
  const truth = async () => (await control("GET", "/truth")).json;
  return { ...opened, id, codes: await codesOf(), codesOf, told, truth };
}

describe("a lie about codes", () => {
  it("shows another code at one place, the same one each time", async () => {
    const { codes, codesOf, told } = await openCompleted();
    const changed = await told({ changeCodes: true });
    expect(changed).toHaveLength(3);
    expect(changed.filter((code, at) => code !== codes[at])).toEqual([
      expect.stringMatching(/^TEST-/),
    ]);
    expect(await told({ changeCodes: true })).toEqual(changed);
    expect(await codesOf()).toEqual(codes);
  });

  it("shows more, fewer, or in another order", async () => {
    const { codes, told } = await openCompleted();
    const grown = await told({ growCodes: 2 });
    expect(grown.slice(0, 3)).toEqual(codes);
    expect(new Set(grown).size).toBe(5);
    expect(await told({ shrinkCodes: 1 })).toEqual(codes.slice(0, 2));
    expect(await told({ shrinkCodes: 9 })).toEqual([]);
    expect(await told({ reorderCodes: true })).toEqual(codes.toReversed());
  });

  it("is kept with the truth, once", async () => {
    const { id, told, truth, codes } = await openCompleted();
    await told({ reorderCodes: true });
    await told({ reorderCodes: true });
    expect((await truth()).lies).toEqual([
      { orderId: id, item: 0, externalData: codes.toReversed() },
    ]);
    expect((await truth()).orders[0].items[0].codes).toEqual(codes);
  });

  it("says nothing before there are codes", async () => {
    const { order, read, rule, control } = await openSimulator();
    const { id } = (await order("test-plain-codes")).json;
    await rule({ growCodes: 1 });
    expect((await read(id)).json.items[0].externalData).toBeNull();
    expect((await control("GET", "/truth")).json.lies).toEqual([]);
  });
});

describe("a status that goes back", () => {
  it.each([
    ["test-plain-codes", "completed", "processing"],
    ["test-stays-in-processing", "processing", "paid"],
    ["test-stays-in-paid", "paid", "active"],
    ["test-fails", "failed", "processing"],
    ["test-cancelled-after-payment", "cancelled", "active"],
  ])("%s: from %s to %s, without codes or errors", async (slug, status, before) => {
    const { read, rule, id } = await openCompleted(slug);
    expect((await read(id)).json.status).toBe(status);
    await rule({ statusBack: true }, { order: id, times: 1 });
    expect((await read(id)).json).toMatchObject({
      status: before,
      cancelReason: null,
      items: [{ externalData: null, error: null }],
    });
    expect((await read(id)).json.status).toBe(status);
  });

  it("stands in lists too", async () => {
    const { get, rule } = await openCompleted();
    await rule({ statusBack: true }, { endpoint: "list", times: 1 });
    expect((await get("/api/orders/")).json.items[0].status).toBe("processing");
  });
});

describe("a code that repeats", () => {
  it("is delivered by two orders for good", async () => {
    const { codes, order, pay, read, rule, clock, truth } = await openCompleted();
    await rule({ repeatCode: true }, { endpoint: "create", times: 1 });
    const { id } = (await order("test-plain-codes", {}, { quantity: 2 })).json;
    await pay(id);
    clock.now += 60_000;
    const repeated = (await read(id)).json.items[0].externalData;
    expect(repeated).toEqual([codes[0], expect.not.stringContaining(String(codes[1]))]);
    expect((await truth()).orders[1].items[0].codes).toEqual(repeated);
  });

  it("needs an earlier order of the same product", async () => {
    const { order, rule, control } = await openSimulator();
    await rule({ repeatCode: true });
    await order("test-plain-codes");
    expect((await control("GET", "/truth")).json.orders[0].plan.repeats).toBeNull();
  });
});
