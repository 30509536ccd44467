import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { State } from "./state.ts";
import { openStore } from "./store.ts";

const empty = (): State => ({
  version: 1,
  apiKeys: [],
  clockOffsetMs: 0,
  toldOffsetMs: 0,
  nextRule: 1,
  balances: {
    usd: { available: "1", reserved: "0", pending: "0" },
    rub: { available: "1", reserved: "0", pending: "0" },
    USDT: { available: "1", reserved: "0", pending: "0" },
  },
  stock: {},
  usdPrices: {},
  rules: [],
  landings: [],
  lies: [],
  orders: [],
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "simulator-store-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

it("writes whole files, shares writes, and reads them back", async () => {
  const path = await folder();
  const file = join(path, "deep", "state.json");
  const store = await openStore(file, empty);
  const flushes = Array.from({ length: 20 }, (_, index) => {
    store.state.nextRule = index;
    store.touch();
    return store.flush();
  });
  await Promise.all(flushes);
  expect((await openStore(file, empty)).state.nextRule).toBe(19);
  expect(await readdir(join(path, "deep"))).toEqual(["state.json"]);
});

it("writes nothing when nothing changed", async () => {
  const path = await folder();
  await (await openStore(join(path, "state.json"), empty)).flush();
  expect(await readdir(path)).toEqual([]);
});

it("refuses a file that isn't its own, and leaves it as it is", async () => {
  const file = join(await folder(), "state.json");
  await writeFile(file, '{"version":1}');
  await expect(openStore(file, empty)).rejects.toThrow(/not a simulator state file.*--data/);
  expect(await readFile(file, "utf8")).toBe('{"version":1}');
});

it("rejects a flush that can't be written, and writes the change with the next", async () => {
  const path = await folder();
  const file = join(path, "folder", "state.json");
  const store = await openStore(file, empty);
  await rm(join(path, "folder"), { recursive: true });
  store.state.nextRule = 5;
  store.touch();
  await expect(store.flush()).rejects.toThrow(/ENOENT/);
  await openStore(file, empty);
  await store.flush();
  expect((await openStore(file, empty)).state.nextRule).toBe(5);
});
