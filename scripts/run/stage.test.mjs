import { expect, test, vi } from "vitest";
import { Problem } from "../base/problem.mjs";
import { runStages, summarise } from "./stage.mjs";

const passes = async () => ({ passed: 1, failed: 0 });

function printed() {
  const lines = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(text) > 0);
  return lines;
}

test("goes on after a failed stage, leaves out what needs it, and ends with the count", async () => {
  const lines = printed();
  const results = await runStages([
    { name: "types", run: passes },
    {
      name: "tests",
      run: async () => ({ passed: 40, failed: 2, failures: ["a.test.ts › adds up", "b.test.ts"] }),
    },
    {
      name: "build",
      run: async () => {
        throw new Problem("It can't be built.");
      },
    },
    { name: "browser", needs: ["build"], run: passes },
    { name: "size", needs: ["types"], run: passes },
  ]);
  const code = summarise(results);

  expect(code).toBe(1);
  expect(lines.at(-1)).toBe("\n42 passed, 4 failed\n");
  expect(lines.join("")).toContain('not run, since "build" failed');
  expect(lines.join("")).toContain("It can't be built.");
  expect(lines.join("")).toContain("── what failed\na.test.ts › adds up\nb.test.ts\n\n── summary");
});

test("ends with success when all is well", async () => {
  const lines = printed();
  expect(summarise(await runStages([{ name: "types", run: passes }]))).toBe(0);
  expect(lines.at(-1)).toBe("\n1 passed, 0 failed\n");
});
