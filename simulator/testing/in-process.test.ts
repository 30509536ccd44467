import { describe, expect, it } from "vitest";
import { type InProcessRequest, openInProcess } from "./in-process.ts";
import { openSimulator, productId } from "./open-simulator.ts";

const start = Date.UTC(2026, 0, 15, 10);
const product = productId("test-plain-codes");

function open(options: Parameters<typeof openInProcess>[0] | object = {}) {
  const clock = { now: start };
  const sim = openInProcess({ apiKey: "k", now: () => clock.now, ...options });
  const ask = (method: string, path: string, body: unknown = null) => {
    const request: InProcessRequest = {
      method,
      path,
      headers: { "x-api-key": "k" },
      body: body === null ? null : JSON.stringify(body),
    };
    const answer = sim.request(request);
    const text = answer.body.toString();
    return { ...answer, json: answer.isComplete && text ? JSON.parse(text) : undefined };
  };
  const order = () => ask("POST", "/api/orders/", { items: [{ itemId: product, quantity: 1 }] });
  return { clock, sim, ask, order };
}

describe("without sockets", () => {
  it("an order goes its way in virtual time", () => {
    const { clock, sim, ask, order } = open();
    const { status, json, headers } = order();
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      date: "Thu, 15 Jan 2026 10:00:00 GMT",
      "content-type": "application/json",
    });
    expect(ask("POST", `/api/orders/${json.id}/pay`, {}).json.status).toBe("paid");
    clock.now += 60_000;
    expect(ask("GET", `/api/orders/${json.id}`).json.status).toBe("completed");
    expect(ask("GET", "/api/orders/?limit=1&offset=0").json).toMatchObject({ limit: 1, total: 1 });
    expect(sim.truth().orders).toMatchObject([{ id: json.id, origin: "call", paidCount: 1 }]);
  });

  it("answers as the server does, byte by byte", async () => {
    const { ask } = open({ apiKey: "test-key", seed: 3 });
    const http = await openSimulator({ seed: 3 });
    const items = [{ itemId: product, quantity: 2 }];
    const theirs = await http.post("/api/orders/", { items });
    const sim = openInProcess({ apiKey: "test-key", seed: 3, now: () => start });
    const ours = sim.request({
      method: "POST",
      path: "/api/orders/",
      headers: { "x-api-key": "test-key" },
      body: JSON.stringify({ items }),
    });
    expect(ours.body.toString()).toBe(theirs.text);
    for (const [name, value] of Object.entries(ours.headers)) {
      expect(theirs.headers.get(name), name).toBe(value);
    }
    expect(ask("GET", "/nowhere")).toMatchObject({ status: 404 });
    expect(ask("GET", "/api/orders/")).toMatchObject({ status: 401 });
  });

  it("loses an answer before, after, or at any byte of it", () => {
    const { sim, order } = open();
    const lost = { status: null, headers: {}, isComplete: false };
    sim.addRule({ match: { times: 1 }, do: { loseReply: "before" } });
    expect(order()).toMatchObject(lost);
    expect(sim.truth().orders).toHaveLength(0);
    sim.addRule({ match: { times: 1 }, do: { loseReply: "after" } });
    expect(order()).toMatchObject(lost);
    expect(sim.truth().orders).toHaveLength(1);
    sim.addRule({ match: { times: 1 }, do: { cutAt: 20 } });
    expect(order()).toMatchObject(lost);
    sim.addRule({ match: { times: 1 }, do: { garble: "cut" } });
    const cut = order();
    expect(cut).toMatchObject({ status: 201, isComplete: false });
    expect(cut.body.length).toBeGreaterThan(50);
    expect(sim.truth().orders).toHaveLength(3);
  });

  it("says when the next call lands, and lets it land", () => {
    const { clock, sim, order } = open();
    sim.addRule({ do: { landLateMs: 30_000, delayMs: 5 } });
    expect(order()).toMatchObject({ status: null, delayMs: 5 });
    expect(sim.nextLandingAt()).toBe(start + 30_000);
    clock.now += 30_000;
    sim.catchUp();
    expect(sim.nextLandingAt()).toBeNull();
    expect(sim.truth().orders).toMatchObject([{ origin: "late" }]);
  });

  it("takes foreign orders and drops rules", () => {
    const { sim, order } = open();
    const id = sim.addRule({ do: { refuse: { status: 400 } } });
    expect(id).toBe("rule-1");
    sim.clearRules();
    expect(order().status).toBe(201);
    const foreign = sim.addForeign({ items: [{ product: "test-plain-codes" }], pay: true });
    expect(foreign).toMatchObject({ status: 201, json: { status: "paid" } });
    expect(() => sim.addRule({ do: { explode: true } })).toThrow();
    expect(() => sim.addRule({ match: { product: "nope" }, do: { delayMs: 1 } })).toThrow(
      "no prod",
    );
  });

  it("opens and answers fast enough for thousands of runs a minute", () => {
    const before = process.cpuUsage();
    for (let run = 0; run < 200; run++) {
      const { order, ask, clock } = open({ seed: run });
      for (let step = 0; step < 5; step++) {
        const { json } = order();
        clock.now += 500;
        ask("POST", `/api/orders/${json.id}/pay`, {});
      }
      clock.now += 60_000;
      ask("GET", "/api/orders/?limit=50&offset=0");
    }
    const { user, system } = process.cpuUsage(before);
    // Ten times what is measured, of the processor: a busy machine adds nothing to it.
    expect((user + system) / 1_000).toBeLessThan(20_000);
  });
});
