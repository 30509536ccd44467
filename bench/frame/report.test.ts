import { expect, test } from "vitest";
import type { Bench, Finding } from "./bench.ts";
import { withResults } from "./readme.ts";
import { entryOf, tableOf } from "./report.ts";

const bench: Bench = { id: "P9", title: "something", run: async () => [] };
const finding = (facts: Partial<Finding>): Finding => ({
  name: "ours ÷ theirs",
  ratio: 2,
  spread: null,
  target: 1,
  bound: "at_least",
  detail: "as counted",
  ...facts,
});

test("tells of the finding with the least room, and is well only where all are", () => {
  const good = finding({ name: "fast", ratio: 5, target: 4 });
  const tight = finding({ name: "small", ratio: 1.2, target: 1.3, bound: "at_most" });
  expect(entryOf({ bench, findings: [good, tight] })).toMatchObject({ ratio: 1.2, ok: true });

  const bad = finding({ name: "none of it", ratio: 1, target: 0, bound: "at_most" });
  expect(entryOf({ bench, findings: [good, bad, tight] })).toMatchObject({
    id: "P9",
    ratio: 1,
    target: 0,
    ok: false,
    detail: "fast: as counted; none of it: as counted; small: as counted",
  });
});

test("takes nothing of what is forbidden as met", () => {
  const none = finding({ ratio: 0, target: 0, bound: "at_most" });
  expect(entryOf({ bench, findings: [none] })).toMatchObject({ ratio: 0, ok: true });
});

test("replaces the table between the markers, and nothing else", () => {
  const begin = "<!-- results: written by `npm run bench -- --write` -->";
  const table = tableOf([{ bench, findings: [finding({ ratio: 0.5 })] }], "Node 20", "2026-11-21");
  expect(table).toContain("| P9 | ours ÷ theirs | 0.5 | ≥ 1 | **missed** | as counted |");

  const text = withResults(`before\n${begin}\nold\n<!-- /results -->\nafter\n`, table);
  expect(text).toBe(`before\n${begin}\n\n${table}\n\n<!-- /results -->\nafter\n`);
  expect(() => withResults("nothing here", table)).toThrow("markers");
});
