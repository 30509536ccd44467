import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLock } from "../base/folder-lock.mjs";
import { chooseSettings } from "./choose-settings.mjs";

let dataDir;
let told;
let read;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "keyhold-settings-"));
  told = [];
  read = 0;
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const choose = (environment = {}, files = {}) =>
  chooseSettings({
    dataDir,
    environment,
    loadFiles: () => {
      read += 1;
      Object.assign(environment, files);
    },
    tell: (line) => told.push(line),
  });

const secrets = {
  NEXTAUTH_SECRET: "s",
  CRON_SECRET: "c",
  KEYHOLD_SEALING_KEYS: "k1:x",
  ADMIN_EMAIL: "a@b",
  ADMIN_PASSWORD: "p",
};
const simulator = { port: 4010, controlPort: 4011, apiKey: "demo_key" };
const leaveDemo = () =>
  writeFileSync(join(dataDir, "demo.json"), JSON.stringify({ secrets, simulator }));

const ofDemo = {
  ...secrets,
  NEXTAUTH_URL: "http://localhost:3000",
  KEYHOLD_ENVIRONMENT: "demo",
  KEYHOLD_ALLOW_PRIVATE_ENDPOINTS: "1",
  FOXRELOAD_BASE_URL: "http://127.0.0.1:4010",
  FOXRELOAD_API_KEY: "demo_key",
};

test("leaves an installation its own settings, from files too", () => {
  leaveDemo();
  expect(choose({ KEYHOLD_SEALING_KEYS: "k2:y" })).toEqual({});
  expect(choose({}, { KEYHOLD_SEALING_KEYS: "k2:y" })).toEqual({});
  expect(choose({ KEYHOLD_SEALING_KEYS_FILE: "/run/keys" })).toEqual({});
  expect(told).toEqual([]);
});

test("takes the demo's where there is no installation, and says so", () => {
  expect(choose()).toEqual({});
  leaveDemo();
  expect(choose()).toEqual(ofDemo);
  expect(told).toEqual(["With the settings of this clone's demo, which isn't running."]);
});

test("takes the running demo's before all files", () => {
  leaveDemo();
  const release = tryLock(join(dataDir, "demo.lock"));
  expect(choose({}, { KEYHOLD_SEALING_KEYS: "k2:y" })).toEqual(ofDemo);
  expect(read).toBe(0);
  expect(told).toEqual([`Beside the demo that runs in this clone (process ${process.pid}).`]);
  release();
});

test("lets the environment have its way, as the demo does", () => {
  leaveDemo();
  const settings = choose({ CRON_SECRET: "mine", FOXRELOAD_API_KEY: "real", PORT: "3100" });
  expect(settings).toMatchObject({ CRON_SECRET: "mine", NEXTAUTH_URL: "http://localhost:3100" });
  expect(settings).not.toHaveProperty("FOXRELOAD_BASE_URL");
});
