import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openSimulator } from "./testing/open-simulator.ts";

const truth = async ({ control }: Awaited<ReturnType<typeof openSimulator>>) =>
  (await control("GET", "/truth")).json;

describe("a call that lands late", () => {
  it("is not answered, and creates its order at its own time", async () => {
    const opened = await openSimulator();
    const { rule, order, get, clock } = opened;
    await rule({ landLateMs: 30_000 }, { endpoint: "create", times: 1 });
    await expect(order("test-plain-codes")).rejects.toThrow("fetch failed");
    expect((await truth(opened)).landings).toEqual([
      { at: "2026-01-15T10:00:30.000Z", endpoint: "create", orderId: null },
    ]);
    clock.now += 29_999;
    expect((await get("/api/orders/")).json.total).toBe(0);
    // Long after: the order is as old as its landing, and its payment window has run since then.
    clock.now += 600_000;
    const { json } = await get("/api/orders/");
    expect(json.items).toMatchObject([
      { createdAt: "2026-01-15T10:00:30.000Z", paymentExpiresAt: "2026-01-15T10:15:30.000Z" },
    ]);
    expect(await truth(opened)).toMatchObject({ landings: [], orders: [{ origin: "late" }] });
  });

  it("pays late", async () => {
    const { rule, order, pay, read, balance, clock } = await openSimulator();
    const { id } = (await order("test-plain-codes")).json;
    await rule({ landLateMs: 1_000 }, { endpoint: "pay", times: 1 });
    await expect(pay(id)).rejects.toThrow("fetch failed");
    expect((await read(id)).json.status).toBe("active");
    clock.now += 1_000;
    expect((await read(id)).json.status).toBe("paid");
    expect((await balance("usd")).reserved).toBe("0.5000");
  });

  it("has no effect where it comes too late", async () => {
    const opened = await openSimulator();
    const { rule, order, pay, read, clock } = opened;
    const { id } = (await order("test-plain-codes")).json;
    await rule({ landLateMs: 1_000_000 }, { endpoint: "pay", times: 1 });
    await expect(pay(id)).rejects.toThrow("fetch failed");
    clock.now += 1_000_000;
    expect((await read(id)).json.cancelReason).toBe("payment_expiration");
    expect((await truth(opened)).orders).toMatchObject([{ paidCount: 0 }]);
  });

  it("lands in the order of times, each with the fate it was given", async () => {
    const opened = await openSimulator();
    const { rule, order, clock } = opened;
    await rule({ landLateMs: 2_000, fail: {} }, { times: 1 });
    await expect(order("test-account")).rejects.toThrow("fetch failed");
    await rule({ landLateMs: 1_000 }, { times: 1 });
    await expect(order("test-plain-codes")).rejects.toThrow("fetch failed");
    clock.now += 5_000;
    const { orders } = await truth(opened);
    expect(orders).toMatchObject([
      { createdAt: "2026-01-15T10:00:01.000Z", plan: { end: "completed" } },
      { createdAt: "2026-01-15T10:00:02.000Z", plan: { end: "failed" } },
    ]);
  });

  it("is lost where it would only read", async () => {
    const opened = await openSimulator();
    await opened.rule({ landLateMs: 1_000 }, { endpoint: "me" });
    await expect(opened.get("/api/access/me")).rejects.toThrow("fetch failed");
    expect((await truth(opened)).landings).toEqual([]);
  });

  it("outlasts a restart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "simulator-landing-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const dataFile = join(folder, "state.json");
    const first = await openSimulator({ dataFile });
    await first.rule({ landLateMs: 1_000 }, { times: 1 });
    await expect(first.order("test-plain-codes")).rejects.toThrow("fetch failed");
    await first.simulator.close();
    const second = await openSimulator({ dataFile });
    second.clock.now += 1_000;
    expect((await second.get("/api/orders/")).json.total).toBe(1);
  });
});
