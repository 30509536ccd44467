import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { startKeyServer } from "#lib/suppliers/accounts.fixture.ts";
import { giveBudget } from "#prisma/factories.ts";
import { supplierAdd } from "./supplier-add.ts";
import { supplierPause, supplierResume } from "./supplier-pause.ts";
import { supplierRotate } from "./supplier-rotate.ts";
import { supplierTest } from "./supplier-test.ts";
import { openTerminal } from "./typing.fixture.ts";

const { db, type, drop } = await openTerminal({ KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1" });
const server = await startKeyServer();
const folder = mkdtempSync(join(tmpdir(), "keyhold-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
  await drop();
});

const KEY = "first-key-0001";
const NEXT = "second-key-0002";

beforeEach(async () => {
  await db.supplier.deleteMany();
  server.keys.clear();
  server.keys.add(KEY).add(NEXT);
});

function fileWith(text: string): string {
  const path = join(folder, "secret");
  writeFileSync(path, text);
  return path;
}

const config = JSON.stringify({ baseUrl: server.url });
const named = ["--kind", "foxreload", "--slug", "second", "--config", config];

async function add(): Promise<void> {
  const added = await type(supplierAdd, [...named, "--secret", `apiKey=@${fileWith(KEY)}`]);
  expect(added).toMatchObject({ code: 0, err: "" });
  await giveBudget(db, JSON.parse(added.out).id);
}

it("adds one by its kind, and tells where it sends to; no secret is said", async () => {
  const secrets = fileWith(JSON.stringify({ apiKey: KEY }));
  const { code, out, err } = await type(supplierAdd, [
    ...named,
    "--secrets-file",
    secrets,
    "--json",
  ]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toMatchObject({
    slug: "second",
    webhook: "http://localhost:3000/api/webhooks/second",
    made: {},
    tried: "answered",
  });
  expect(out).not.toContain(KEY);
  expect(await db.supplier.count({ where: { slug: "second", name: "second" } })).toBe(1);
});

it("says what is wrong, and keeps nothing", async () => {
  const missing = await type(supplierAdd, named);
  expect(missing).toMatchObject({ code: 1, out: "" });
  expect(missing.err).toContain("secrets.apiKey: is missing");
  const typed = await type(supplierAdd, [...named, "--secret", `apiKey=${KEY}`]);
  expect(typed.code).toBe(2);
  expect(typed.err).not.toContain(KEY);
  const wrong = await type(supplierAdd, [...named, "--secret", `apiKey=@${fileWith("wrong-key")}`]);
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.err).toContain("It refused (auth)");
  expect((await type(supplierAdd, ["--kind", "other", "--slug", "x"])).code).toBe(2);
  expect(await db.supplier.count()).toBe(0);
});

it("gives it another key, from the environment too, and tests it", async () => {
  await add();
  process.env.NEXT_KEY_OF_A_TEST = NEXT;
  const words = ["second", "apiKey", "--secret", "apiKey=env:NEXT_KEY_OF_A_TEST", "--json"];
  const rotated = await type(supplierRotate, words);
  delete process.env.NEXT_KEY_OF_A_TEST;
  expect(rotated).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(rotated.out)).toEqual({
    ...{ slug: "second", secret: "apiKey", made: null, oldUntil: null },
  });
  expect(server.calls.at(-1)).toBe(NEXT);
  server.keys.delete(KEY);
  const tested = await type(supplierTest, ["second", "--json"]);
  expect(JSON.parse(tested.out)).toMatchObject({ kind: "answered" });
  server.keys.clear();
  expect((await type(supplierTest, ["second"])).code).toBe(1);
  expect((await type(supplierRotate, ["nobody", "apiKey"])).code).toBe(1);
});

it("pauses and goes on", async () => {
  await add();
  const what = ["second", "--what", "ordering"];
  const paused = await type(supplierPause, [
    ...[...what, "--minutes", "30", "--reason", "Their sale", "--json"],
  ]);
  expect(JSON.parse(paused.out)).toMatchObject({ slug: "second", paused: "ordering" });
  const row = await db.supplier.findUniqueOrThrow({ where: { slug: "second" } });
  expect(row).toMatchObject({ orderingPausedWhy: "Their sale", pollingPausedUntil: null });
  expect((await type(supplierResume, what)).code).toBe(0);
  expect((await type(supplierResume, what)).code).toBe(1);
  expect((await type(supplierPause, ["second", "--what", "all"])).code).toBe(2);
});
