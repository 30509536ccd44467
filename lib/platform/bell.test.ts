import { describe, expect, it } from "vitest";
import { createBell } from "./bell.ts";
import { pause } from "./pause.ts";

const never = new AbortController().signal;
/** Whether it is settled once everything that is ready has run. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

describe("the bell", () => {
  it("is heard by whoever waits", async () => {
    const bell = createBell();
    const heard = bell.heard();
    expect(await isSettled(heard)).toBe(false);
    bell.ring();
    expect(await isSettled(heard)).toBe(true);
  });

  it("is heard later when nobody waited, once", async () => {
    const bell = createBell();
    bell.ring();
    bell.ring();
    expect(await isSettled(bell.heard())).toBe(true);
    expect(await isSettled(bell.heard())).toBe(false);
  });

  it("loses no ring that comes between being heard and being waited for again", async () => {
    const bell = createBell();
    const first = bell.heard();
    bell.ring();
    bell.ring();
    expect(await isSettled(first)).toBe(true);
    expect(await isSettled(bell.heard())).toBe(true);
  });
});

describe("pause", () => {
  it("ends early when something happens, or the signal aborts, also before", async () => {
    const bell = createBell();
    const rung = pause(3_600_000, never, bell.heard());
    bell.ring();
    expect(await isSettled(rung)).toBe(true);
    const stop = new AbortController();
    const stopped = pause(3_600_000, stop.signal);
    stop.abort();
    expect(await isSettled(stopped)).toBe(true);
    expect(await isSettled(pause(3_600_000, stop.signal))).toBe(true);
  });

  it("leaves nothing behind, however often it is ended early", async () => {
    const stop = new AbortController();
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    for (let round = 0; round < 50; round++) {
      await pause(3_600_000, stop.signal, Promise.resolve());
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
  });

  it("ends by itself", async () => {
    await pause(1, never);
  });
});
