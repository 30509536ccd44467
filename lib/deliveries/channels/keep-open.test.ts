import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepOpen } from "./keep-open.ts";

type Client = { number: number; isOpen: boolean };

function counted(idleMs?: number) {
  const clients: Client[] = [];
  const drops: (() => void)[] = [];
  const open = keepOpen(
    (_: { id: string; version: string }, drop) => {
      const client = { number: clients.length + 1, isOpen: true };
      clients.push(client);
      drops.push(drop);
      return client;
    },
    async (client) => {
      client.isOpen = false;
    },
    idleMs,
  );
  const use = (version = "1", id = "a") => open.use({ id, version }, async ({ number }) => number);
  return { open, use, clients, drops };
}

describe("keepOpen", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("opens one client an endpoint and version", async () => {
    const { use, clients } = counted();
    expect(await Promise.all([use(), use(), use("1", "b")])).toEqual([1, 1, 2]);
    expect(await use("2")).toBe(3);
    expect(clients.map(({ isOpen }) => isOpen)).toEqual([false, true, true]);
  });

  it("closes one that is in use as soon as it no longer is", async () => {
    const { open, use, clients } = counted();
    let finish = () => {};
    const long = open.use(
      { id: "a", version: "1" },
      (client) =>
        new Promise<boolean>((resolve) => {
          finish = () => resolve(client.isOpen);
        }),
    );
    await use("2");
    await open.close("a");
    expect(clients.map(({ isOpen }) => isOpen)).toEqual([true, false]);
    finish();
    expect(await long).toBe(true);
    expect(clients[0]?.isOpen).toBe(false);
  });

  it("opens another after one was dropped, by its user or by itself", async () => {
    const { open, use, drops, clients } = counted();
    await open.use({ id: "a", version: "1" }, async (_, drop) => drop());
    expect(await use()).toBe(2);
    drops[1]?.();
    expect(await use()).toBe(3);
    // Late news of one that was replaced changes nothing.
    drops[0]?.();
    expect(await use()).toBe(3);
    expect(clients.map(({ isOpen }) => isOpen)).toEqual([false, false, true]);
  });

  it("closes what is idle, but not what was used meanwhile", async () => {
    const { use, clients } = counted(1000);
    await use();
    await vi.advanceTimersByTimeAsync(900);
    await use();
    await vi.advanceTimersByTimeAsync(900);
    expect(clients[0]?.isOpen).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(clients[0]?.isOpen).toBe(false);
    expect(await use()).toBe(2);
  });

  it("closes one endpoint's, or all", async () => {
    const { open, use, clients } = counted();
    await use();
    await use("1", "b");
    await use("1", "c");
    await open.close("b");
    expect(clients.map(({ isOpen }) => isOpen)).toEqual([true, false, true]);
    await open.close();
    expect(clients.some(({ isOpen }) => isOpen)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("survives what can't be closed", async () => {
    const open = keepOpen(
      () => 1,
      async () => {
        throw new Error("no goodbye");
      },
    );
    await open.use({ id: "a", version: "1" }, async () => 1);
    await expect(open.close()).resolves.toBeUndefined();
  });
});
