import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identify, isAlive } from "./alive.mjs";
import { lockHolder, tryLock, withLock } from "./folder-lock.mjs";

const module = new URL("./folder-lock.mjs", import.meta.url).href;
let folder;
let path;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyhold-lock-"));
  path = join(folder, "thing.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that takes the lock and keeps it; answers once it has it. */
function holder() {
  const code = `const { tryLock } = await import(${JSON.stringify(module)}); tryLock(process.argv[1]); console.log("held"); setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, path]);
  return new Promise((resolve) => child.stdout.once("data", () => resolve(child)));
}

function end(child) {
  child.kill("SIGKILL");
  return new Promise((resolve) => child.once("exit", resolve));
}

test("is held by one, and free again once given back", () => {
  const release = tryLock(path);
  expect(release).toBeTypeOf("function");
  expect(lockHolder(path)).toBe(process.pid);
  expect(tryLock(path)).toBeNull();
  release();
  expect(lockHolder(path)).toBeNull();
  tryLock(path)();
  expect(readdirSync(folder)).toEqual([]);
});

test("lets in one at a time, also within a process", async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withLock(path, work)));
  expect(most).toBe(1);
});

test("says who holds it when it waits too long", async () => {
  const child = await holder();
  const waiting = withLock(path, async () => {}, { timeoutMs: 0 });
  await expect(waiting).rejects.toThrow(`Process ${child.pid} has held`);
  await end(child);
});

test("passes from a killed process to exactly one of many", async () => {
  await end(await holder());
  expect(lockHolder(path)).toBeNull();
  const winners = Array.from({ length: 5 }, () => tryLock(path)).filter(Boolean);
  expect(winners).toHaveLength(1);
});

test("tells a process from a later one with the same number", () => {
  const me = identify(process.pid);
  expect(isAlive(me)).toBe(true);
  if (process.platform === "linux") expect(isAlive(me.replace(/\d+$/, "1"))).toBe(false);
  expect(isAlive("")).toBe(false);
});
