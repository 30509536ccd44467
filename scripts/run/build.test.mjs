import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hashOfSources } from "./build.mjs";

const folder = mkdtempSync(join(tmpdir(), "keyhold-sources-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path, text) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test("changes with what a build reads, and with nothing else", () => {
  write("app/page.tsx", "one");
  write("lib/e2e/file.ts", "one");
  const first = hashOfSources(folder);

  for (const path of [
    ".next/a.js",
    "e2e/a.ts",
    "scripts/a.mjs",
    "app/page.test.ts",
    "prisma/generated/c.ts",
  ]) {
    write(path, "new");
  }
  utimesSync(join(folder, "app/page.tsx"), 0, 0);
  expect(hashOfSources(folder)).toBe(first);

  write("lib/e2e/file.ts", "two");
  const second = hashOfSources(folder);
  expect(second).not.toBe(first);
  write("lib/e2e/file.ts", "one");
  expect(hashOfSources(folder)).toBe(first);
});
