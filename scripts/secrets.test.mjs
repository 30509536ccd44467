import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureDemoSecrets, readablePassword, updateDemoFile } from "./secrets.mjs";

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keyhold-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("makes strong secrets once, for this user's eyes only", () => {
  const first = ensureDemoSecrets(folder, {});
  expect(ensureDemoSecrets(folder, {})).toEqual(first);
  expect(statSync(join(folder, "demo.json")).mode & 0o777).toBe(0o600);
  const [id, key] = first.KEYHOLD_SEALING_KEYS.split(":");
  expect(id).toBe("k1");
  expect(Buffer.from(key, "base64")).toHaveLength(32);
  expect(first.NEXTAUTH_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(first.CRON_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(first.ADMIN_EMAIL).toBe("admin@keyhold.example");
});

test("makes passwords that can be read out", () => {
  expect(readablePassword()).toMatch(/^([a-z]{4}-){4}[a-z]{4}$/);
  expect(readablePassword()).not.toBe(readablePassword());
});

test("takes what the environment has set, the first admin only once", () => {
  const admin = { ADMIN_EMAIL: "me@example.com", ADMIN_PASSWORD: "a password of mine" };
  ensureDemoSecrets(folder, admin);
  const later = ensureDemoSecrets(folder, { ADMIN_PASSWORD: "another one", CRON_SECRET: "mine" });
  expect(later).toMatchObject({ ...admin, CRON_SECRET: "mine" });
  expect(readFileSync(join(folder, "demo.json"), "utf8")).not.toContain('"mine"');
});

test("makes no sealing keys beside those of a file", () => {
  const made = ensureDemoSecrets(folder, { KEYHOLD_SEALING_KEYS_FILE: "/run/keys" });
  expect(made).not.toHaveProperty("KEYHOLD_SEALING_KEYS");
  expect(made).toHaveProperty("CRON_SECRET");
});

test("keeps what else is in the file, and says when it is damaged", () => {
  updateDemoFile(folder, () => ({ simulator: { port: 4 } }));
  ensureDemoSecrets(folder, {});
  expect(updateDemoFile(folder, (demo) => demo).simulator).toEqual({ port: 4 });
  writeFileSync(join(folder, "demo.json"), "{");
  expect(() => ensureDemoSecrets(folder, {})).toThrow("is damaged");
});
