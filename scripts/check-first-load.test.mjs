import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { firstLoadProblems, measureFirstLoad } from "./check-first-load.mjs";

const folder = mkdtempSync(join(tmpdir(), "keyhold-build-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("measures what each route loads first, compressed", () => {
  expect(measureFirstLoad(folder)).toBeNull();
  mkdirSync(join(folder, ".next", "diagnostics"), { recursive: true });
  const stats = [
    { route: "/", firstLoadChunkPaths: [".next/even.js"] },
    { route: "/heavy", firstLoadChunkPaths: [".next/even.js", ".next/odd.js"] },
  ];
  writeFileSync(
    join(folder, ".next", "diagnostics", "route-bundle-stats.json"),
    JSON.stringify(stats),
  );
  writeFileSync(join(folder, ".next", "even.js"), "x".repeat(1_000_000));
  writeFileSync(join(folder, ".next", "odd.js"), randomBytes(200_000));

  const routes = measureFirstLoad(folder);

  expect(routes.map(({ route }) => route)).toEqual(["/heavy", "/"]);
  expect(routes[1].kb).toBeLessThan(2);
  expect(firstLoadProblems(routes)).toEqual([expect.stringMatching(/^\/heavy loads 20\d\.\d kB/)]);
});
