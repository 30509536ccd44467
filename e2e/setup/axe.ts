import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOnly } from "axe-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What theme and width change; names, roles and order are the same in each. */
const LOOKS = ["color-contrast", "target-size"];

/** What axe finds on the page as it stands, a line a rule. */
export async function findings(page: Page, rules: "all" | "looks" = "all"): Promise<string[]> {
  // What comes in while it is looked at has to stand at once.
  await page.emulateMedia({ reducedMotion: "reduce" });
  // What a scrolled page has under its bar is no smaller for that.
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  // Things fade in; contrast counts once they have.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  // As a debugger's expression: the page's own policy forbids it to evaluate anything.
  await page.evaluate(`${AXE}; null`);
  const { violations } = await page.evaluate<AxeResults, RunOnly>(
    (runOnly) =>
      (window as unknown as { axe: typeof import("axe-core") }).axe.run(document, {
        runOnly,
        // Nothing is made of what is in order, and no sound or film has to be waited for.
        resultTypes: ["violations"],
        preload: false,
      }),
    rules === "all" ? { type: "tag", values: ALL } : { type: "rule", values: LOOKS },
  );
  return violations.map(({ id, nodes }) => {
    const where = nodes.map((node) => node.html).join(" | ");
    return `${id}: ${where.slice(0, 300)}`;
  });
}
