import { spawn } from "node:child_process";
import { expect, test, vi } from "vitest";
import { identify, isAlive } from "./base/alive.mjs";
import { pauseBeforeRestart, startService } from "./processes.mjs";

const program = (code) => ["--input-type=module", "-e", code];
const waitsForSignal =
  'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1e6); console.log(process.pid);';

/** Starts a service and hands over each line it prints. */
function listen(options) {
  const lines = [];
  const waiting = [];
  const service = startService({
    name: "child",
    env: process.env,
    onLine: (line) => {
      const next = waiting.shift();
      if (next) next(line);
      else lines.push(line);
      return true;
    },
    ...options,
  });
  const line = () =>
    lines.length > 0
      ? Promise.resolve(lines.shift())
      : new Promise((resolve) => waiting.push(resolve));
  return { service, line };
}

test("waits longer after each crash, up to half a minute", () => {
  expect([1, 2, 3, 5, 6, 40].map(pauseBeforeRestart)).toEqual([
    1_000, 2_000, 4_000, 16_000, 30_000, 30_000,
  ]);
});

test("starts a killed program again, and stops it for good", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const { service, line } = listen({ restart: true, args: program(waitsForSignal) });
  const first = Number(await line());
  process.kill(first, "SIGKILL");
  const second = Number(await line());
  expect(second).not.toBe(first);
  await service.stop();
  expect(identify(second)).toBeNull();
  expect((await service.ended).code).toBe(0);
});

test("gives up on a program that can't even start", async () => {
  const { service } = listen({ restart: true, args: program("process.exit(78)") });
  expect(await service.ended).toEqual({ name: "child", code: 78 });
});

test("ends with its parent, even one that was killed outright", async () => {
  const parentCode = `
    const { startService } = await import(${JSON.stringify(new URL("./processes.mjs", import.meta.url).href)});
    startService({ name: "x", env: process.env, args: ${JSON.stringify(program(waitsForSignal))}, onLine: (line) => { console.log(line); return true; } });
  `;
  const parent = spawn(process.execPath, program(parentCode));
  const pid = Number(await new Promise((resolve) => parent.stdout.once("data", resolve)));
  const child = identify(pid);
  expect(isAlive(child)).toBe(true);
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(isAlive(child)).toBe(false), { timeout: 30_000 });
});
