import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { openSimulator, productId } from "../testing/open-simulator.ts";

const openWith = async (behaviour: unknown, match: Record<string, unknown> = {}) => {
  const opened = await openSimulator();
  await opened.rule(behaviour, { times: 1, ...match });
  return opened;
};

describe("a lost reply", () => {
  it("before the effect leaves no order", async () => {
    const { order, get, control } = await openWith({ loseReply: "before" });
    await expect(order("test-plain-codes")).rejects.toThrow("fetch failed");
    expect((await get("/api/orders/")).json.total).toBe(0);
    expect((await control("GET", "/requests")).json.items[0]).toMatchObject({
      status: null,
      ruleIds: ["rule-1"],
    });
  });

  it("after the effect leaves one", async () => {
    const { order, get } = await openWith({ loseReply: "after" });
    await expect(order("test-plain-codes")).rejects.toThrow("fetch failed");
    expect((await get("/api/orders/")).json.total).toBe(1);
  });

  it("after the payment leaves it paid", async () => {
    const { order, pay, read } = await openWith({ loseReply: "after" }, { endpoint: "pay" });
    const { json } = await order("test-plain-codes");
    await expect(pay(json.id)).rejects.toThrow("fetch failed");
    expect((await read(json.id)).json.status).toBe("paid");
  });
});

describe("an answer that is cut", () => {
  const head = "HTTP/1.1 201 Created\r\n";

  it.each([0, 1, head.length, 100])("after %i bytes is none, and had its effect", async (cutAt) => {
    const { order, get } = await openWith({ cutAt }, { endpoint: "create" });
    await expect(order("test-plain-codes")).rejects.toThrow();
    expect((await get("/api/orders/")).json.total).toBe(1);
  });

  it("sends just those bytes", async () => {
    const { simulator } = await openWith({ cutAt: 60 });
    const received = await new Promise<string>((resolve) => {
      let text = "";
      const socket = connect(simulator.port, "127.0.0.1", () =>
        socket.write("GET /api/access/me HTTP/1.1\r\nhost: x\r\nx-api-key: test-key\r\n\r\n"),
      );
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("close", () => resolve(text));
    });
    expect(received).toHaveLength(60);
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\ndate: Thu, 15 Jan 2026/);
  });

  it("beyond its end is whole", async () => {
    const { order, control } = await openWith({ cutAt: 100_000 }, { endpoint: "create" });
    expect((await order("test-plain-codes")).json.status).toBe("active");
    expect((await control("GET", "/requests")).json.items[0].status).toBe(201);
  });
});

describe("a server error", () => {
  it.each([
    [false, 0],
    [true, 1],
  ])("with effect %s leaves %i orders", async (effect, total) => {
    const { order, get } = await openWith({ serverError: { status: 502, effect } });
    const answer = await order("test-plain-codes");
    expect(answer.status).toBe(502);
    expect(answer.json).not.toHaveProperty("id");
    expect((await get("/api/orders/")).json.total).toBe(total);
  });
});

describe("a rate limit", () => {
  it.each([
    ["seconds", { retryAfter: 7 }, "7"],
    ["a date", { retryAfter: 60, as: "date" }, "Thu, 15 Jan 2026 10:01:00 GMT"],
    ["junk", { retryAfter: "soon" }, "soon"],
    ["nothing", {}, null],
  ])("tells %s", async (_name, rateLimit, header) => {
    const { order, get } = await openWith({ rateLimit });
    const answer = await order("test-plain-codes");
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toBe(header);
    expect((await get("/api/orders/")).json.total).toBe(0);
  });
});

it("refuses as told", async () => {
  const { pay } = await openWith({
    refuse: { status: 400, code: "BalanceNotEnough", detail: { need: "5" } },
  });
  expect(await pay("x")).toMatchObject({
    status: 400,
    json: { code: "BalanceNotEnough", detail: { need: "5" } },
  });
});

describe("a delay", () => {
  it("after the effect outlasts the client, and the order is there", async () => {
    const { simulator, get } = await openWith({ delayMs: 60_000 }, { endpoint: "create" });
    const client = new AbortController();
    const body = JSON.stringify({
      items: [{ itemId: productId("test-plain-codes"), quantity: 1 }],
    });
    const lost = fetch(`${simulator.url}/api/orders/`, {
      method: "POST",
      body,
      headers: { "x-api-key": "test-key" },
      signal: client.signal,
    });
    const isLost = expect(lost).rejects.toThrow("abort");
    await expect.poll(async () => (await get("/api/orders/")).json.total).toBe(1);
    client.abort();
    await isLost;
  });

  it("before the effect holds it back", async () => {
    const { order, get, control } = await openWith({ delayBeforeMs: 2_000 });
    const slow = order("test-plain-codes");
    await expect
      .poll(async () => (await control("GET", "/rules")).json.items[0].fired, { interval: 10 })
      .toBe(1);
    expect((await get("/api/orders/")).json.total).toBe(0);
    await slow;
    expect((await get("/api/orders/")).json.total).toBe(1);
  });

  it("does not keep the server from closing", async () => {
    const { simulator, get } = await openWith({ delayBeforeMs: 60_000 });
    const lost = expect(get("/api/access/me")).rejects.toThrow("fetch failed");
    const log = () => fetch(`${simulator.controlUrl}/rules`).then((answer) => answer.json());
    await expect.poll(async () => (await log()).items[0].fired).toBe(1);
    await simulator.close();
    await lost;
  });
});

describe("a spoilt answer", () => {
  const opened = (behaviour: unknown) => openWith(behaviour, { endpoint: "create" });

  it("can be half of its JSON", async () => {
    const { order } = await opened({ garble: "truncated" });
    const answer = await order("test-plain-codes");
    expect(answer.status).toBe(201);
    expect(answer.text.startsWith('{"id":')).toBe(true);
    expect(answer.json).toBeUndefined();
  });

  it("can break off, be empty, or be a web page with 200", async () => {
    const cut = await opened({ garble: "cut" });
    await expect(cut.order("test-plain-codes")).rejects.toThrow();
    const empty = await opened({ garble: "empty" });
    expect(await empty.order("test-plain-codes")).toMatchObject({ status: 201, text: "" });
    const html = await opened({ garble: "html" });
    const page = await html.order("test-plain-codes");
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining("<html>") });
    expect(page.headers.get("content-type")).toContain("text/html");
  });

  it("can have values of the wrong types", async () => {
    const { order } = await opened({ garble: "wrong-types" });
    const { json } = await order("test-plain-codes");
    expect(json).toMatchObject({
      id: 7,
      status: 7,
      items: "something else",
      isMock: { value: false },
    });
  });

  it("can drip byte by byte and still arrive whole", async () => {
    const { order } = await opened({ dripMsPerByte: 1 });
    expect((await order("test-plain-codes")).json.status).toBe("active");
  });

  it("can be enormous and still be JSON", async () => {
    const { order } = await opened({ oversizeBytes: 5_000_000 });
    const answer = await order("test-plain-codes");
    expect(answer.text.length).toBeGreaterThan(5_000_000);
    expect(answer.json.status).toBe("active");
  });

  it("can name a status nobody knows, also in lists", async () => {
    const { order, get, rule } = await opened({ unknownStatus: "on_hold" });
    expect((await order("test-plain-codes")).json.status).toBe("on_hold");
    await rule({ unknownStatus: "checking" }, { endpoint: "list" });
    expect((await get("/api/orders/")).json.items[0].status).toBe("checking");
  });
});
