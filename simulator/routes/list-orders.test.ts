import { describe, expect, it } from "vitest";
import { openSimulator, productId } from "../testing/open-simulator.ts";

/** Three orders, oldest first, and what lists them. */
async function openWith(manner: unknown, match: Record<string, unknown> = { endpoint: "list" }) {
  const opened = await openSimulator();
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) {
    ids.push((await opened.order("test-plain-codes", { isMock: count === 0 })).json.id);
    opened.clock.now += 1_000;
  }
  await opened.rule(manner, match);
  const list = async (query = "") => (await opened.get(`/api/orders/${query}`)).json;
  const listed = async (query = "") =>
    (await list(query)).items.map((one: { id: string }) => one.id) as string[];
  return { ...opened, ids, list, listed };
}

describe("the list of orders", () => {
  it("may show an order only some time after its creation", async () => {
    const { ids, list, listed, clock, read } = await openWith({ hideFor: { ms: 2_000 } });
    expect(await listed()).toEqual([ids[1], ids[0]]);
    expect((await list()).total).toBe(2);
    expect((await read(ids[2] ?? "")).status).toBe(200);
    clock.now += 1_000;
    expect(await listed()).toHaveLength(3);
  });

  it("may drop rows and bring them back", async () => {
    const { listed } = await openWith({ listDrop: 0.5 });
    const lengths = [];
    for (let count = 0; count < 20; count++) lengths.push((await listed()).length);
    expect(new Set(lengths).size).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBe(3);
  });

  it("may show rows twice, also across pages", async () => {
    const { ids, listed } = await openWith({ listDuplicate: 1 });
    expect(await listed("?limit=3")).toEqual([ids[2], ids[2], ids[1]]);
    expect(await listed("?limit=3&offset=3")).toEqual([ids[1], ids[0], ids[0]]);
  });

  it("may begin with the oldest", async () => {
    const { ids, listed } = await openWith({ order: "oldest_first" });
    expect(await listed("?limit=2")).toEqual(ids.slice(0, 2));
  });

  it("shows one status where that is asked for, and may ignore it", async () => {
    const { ids, listed, pay, rule } = await openWith({ bare: true }, { endpoint: "me" });
    await pay(ids[1] ?? "");
    expect(await listed("?status=paid")).toEqual([ids[1]]);
    expect(await listed("?status=active")).toEqual([ids[2], ids[0]]);
    await rule({ ignoreFilter: true }, { endpoint: "list" });
    expect(await listed("?status=paid")).toHaveLength(3);
  });

  it("may show the same page for ever, or speak in unheard-of names", async () => {
    const { ids, list, listed, rule } = await openWith({ samePage: true });
    expect(await listed("?limit=1&offset=2")).toEqual([ids[2]]);
    expect((await list("?limit=1&offset=2")).offset).toBe(2);
    await rule({ oddEnvelope: true }, { endpoint: "list" });
    expect(await list()).toMatchObject({ page: { entries: [{}, {}, {}] } });
  });

  it("may be a bare array", async () => {
    const { list } = await openWith({ bare: true });
    expect(await list("?limit=2")).toHaveLength(2);
  });
});

describe("the fields of an order", () => {
  const omit = ["note", "quantity", "isMock", "createdAt"];

  it("may be left out of the list alone", async () => {
    const { list, read, ids } = await openWith({ omit });
    const [listed] = (await list()).items;
    const { json } = await read(ids[2] ?? "");
    for (const name of omit) expect({ ...listed, ...listed.items[0] }).not.toHaveProperty(name);
    for (const name of omit) expect({ ...json, ...json.items[0] }).toHaveProperty(name);
    expect(listed).toMatchObject({ status: "active", items: [{ product: expect.anything() }] });
  });

  it("may be left out everywhere", async () => {
    const { order, read, pay } = await openWith({ omit: ["isMock"] }, {});
    const created = (await order("test-plain-codes")).json;
    const answers = [created, (await pay(created.id)).json, (await read(created.id)).json];
    for (const answer of answers) expect(answer).not.toHaveProperty("isMock");
  });

  it.each(["data", "order"])("may come wrapped in `%s`, in single answers only", async (wrap) => {
    const { order, pay, read, list, post } = await openWith({ wrap }, {});
    const created = (await order("test-plain-codes")).json;
    expect(created).toEqual({ [wrap]: expect.objectContaining({ status: "active" }) });
    const { id } = created[wrap];
    const elsewhere = await post(`/api/orders/${id}/pay`, { paymentProvider: "pally" });
    expect(elsewhere.json[wrap].paymentUrl).toMatch(/^https:/);
    expect((await pay(id)).json[wrap].status).toBe("paid");
    expect((await read(id)).json[wrap].id).toBe(id);
    expect((await list()).items[0].id).toBe(id);
  });
});

describe("another clock", () => {
  const product = productId("test-plain-codes");

  it.each([600_000, -600_000])("is %i ms off in all that the supplier tells", async (offsetMs) => {
    const { order, get, control, pay, read, clock } = await openSimulator();
    const moved = await control("POST", "/clock", { offsetMs });
    const told = (ms: number) => new Date(clock.now + offsetMs + ms);
    expect(moved.json.told).toBe(told(0).toISOString());
    const { json, headers } = await order("test-plain-codes");
    expect(headers.get("date")).toBe(told(0).toUTCString());
    expect(json.createdAt).toBe(told(0).toISOString());
    expect(json.paymentExpiresAt).toBe(told(900_000).toISOString());
    expect((await get(`/api/products/${product}`)).headers.get("date")).toBe(told(0).toUTCString());
    // What it tells is off, not what it does.
    clock.now += 899_999;
    expect((await pay(json.id)).json.status).toBe("paid");
    expect((await read(json.id)).json.updatedAt).toBe(told(0).toISOString());
    const truth = (await control("GET", "/truth")).json;
    expect(truth).toMatchObject({ clockOffsetMs: offsetMs });
    expect(truth.orders[0].createdAt).toBe("2026-01-15T10:00:00.000Z");
  });

  it("may come with a rule, or from the start", async () => {
    const { rule, get } = await openSimulator({ clockOffsetMs: 1_000 });
    expect((await get("/api/access/me")).headers.get("date")).toContain("10:00:01");
    await rule({ clockOffsetMs: 2_000 }, { endpoint: "me" });
    expect((await get("/api/access/me")).headers.get("date")).toContain("10:00:02");
  });
});
