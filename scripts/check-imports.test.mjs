import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "./base/root.mjs";

/** A small tree with one breach of nearly every rule, and some imports that are all right. */
const files = {
  "lib/platform/clock.ts": 'import "#lib/audit/append.ts";',
  "lib/audit/append.ts": "export const append = 1;",
  "lib/access/page.ts": 'import "react";',
  "lib/codes/store.ts": "export const store = 1; export type Row = 1;",
  "lib/codes/reveal.ts": 'import "./store.ts";',
  "lib/suppliers/ask.ts": 'import "#lib/codes/reveal.ts";',
  "lib/orders/place.ts": 'import "#lib/codes/store.ts";',
  "lib/orders/labels.ts": 'import "#lib/platform/clock.ts";',
  "lib/nowhere/rule.ts": "export const rule = 1;",
  "lib/engine/run.ts":
    'import "#lib/nowhere/rule.ts"; import "#simulator/world.ts"; import "./walk.ts";',
  "lib/engine/walk.ts": 'import "./run.ts";',
  "lib/engine/types-only.ts": 'import type { A } from "./types-too.ts"; export type B = A;',
  "lib/engine/types-too.ts": 'import type { B } from "./types-only.ts"; export type A = B | 1;',
  "lib/engine/poll-schedule.ts": 'import "zod"; import "./walk.ts";',
  "components/ui/button.tsx": 'import "#lib/orders/labels.ts"; export const B = () => <b>x</b>;',
  "components/orders/row.tsx":
    'import type { Row } from "#lib/orders/place.ts"; import "#lib/orders/place.ts"; export const R = () => <p>{{} as Row}</p>;',
  "components/orders/good.tsx":
    'import "#lib/orders/labels.ts"; import "#app/orders/order-actions.ts"; import type { Row } from "#lib/orders/place.ts"; export type G = Row;',
  "app/orders/order-actions.ts": 'import "#lib/orders/place.ts";',
  "app/orders/page.tsx": 'import "#components/orders/row.tsx"; import "#prisma/factories.ts";',
  "prisma/factories.ts": 'import "#lib/engine/run.ts"; import "./gone.ts";',
  "simulator/world.ts": 'import "#lib/audit/append.ts";',
  "simulator/lonely.ts": "export const nobody = 1;",
};

const folder = mkdtempSync(join(tmpdir(), "keyhold-imports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("finds each breach with its reason, tells types apart, and finds nothing else", () => {
  const imports = ["app", "components", "lib", "prisma", "simulator"].map((name) => [
    `#${name}/*`,
    `./${name}/*`,
  ]);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({
      type: "module",
      imports: Object.fromEntries(imports),
      dependencies: { react: "*", zod: "*" },
    }),
  );
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  const run = spawnSync(process.execPath, [join(root, "scripts", "check-imports.mjs"), folder], {
    encoding: "utf8",
  });

  expect(run.status, run.stderr).toBe(1);
  const breaches = [
    ...run.stdout.matchAll(/error ([\w-]+): (\S+)(?: → (?:\S*node_modules\/)?(\S+))?/g),
  ].map(([, rule, from, to]) => [rule, from, to].filter(Boolean).join(" "));
  expect(breaches.sort()).toEqual([
    "browser-safe-stays-pure lib/engine/poll-schedule.ts lib/engine/walk.ts",
    "browser-safe-stays-pure lib/orders/labels.ts lib/platform/clock.ts",
    "components-are-browser-safe components/orders/row.tsx lib/orders/place.ts",
    "doors-read-no-rows app/orders/page.tsx prisma/factories.ts",
    "floor-engine lib/engine/run.ts lib/nowhere/rule.ts",
    "floor-platform lib/platform/clock.ts lib/audit/append.ts",
    "floor-suppliers lib/suppliers/ask.ts lib/codes/reveal.ts",
    "lib-knows-no-door lib/access/page.ts react/index.js",
    "no-circular lib/engine/run.ts",
    "no-orphans simulator/lonely.ts",
    "no-unknown-room lib/engine/run.ts lib/nowhere/rule.ts",
    "nobody-needs-the-simulator lib/engine/run.ts simulator/world.ts",
    "not-to-unresolvable prisma/factories.ts ./gone.ts",
    "simulator-is-a-stranger simulator/world.ts lib/audit/append.ts",
    "store-is-private lib/orders/place.ts lib/codes/store.ts",
    "ui-is-domain-free components/ui/button.tsx lib/orders/labels.ts",
  ]);
  expect(run.stdout).toContain("A room's rows are written by that room alone.");
}, 60_000);
