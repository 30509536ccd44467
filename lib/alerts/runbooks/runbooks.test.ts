import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ALERT_KINDS, type AlertKind } from "../alert-policy.ts";
import { buttonOf, buttonsOf, problemsOf } from "./buttons.ts";
import { shippedRunbook } from "./shipped-runbook.ts";
import { RUNBOOK_LOCALES } from "./types.ts";

const KINDS = Object.keys(ALERT_KINDS) as AlertKind[];
const MOST_WORDS = 200;

const folder = (locale: string) => new URL(`${locale}/`, import.meta.url);
/** As a person reads it, without where links lead. */
const wordsOf = (markdown: string): string[] =>
  markdown
    .replaceAll(/\]\([^)]*\)/g, "]")
    .split(/\s+/)
    .filter(Boolean);

describe.each(RUNBOOK_LOCALES)("the runbooks in %s", (locale) => {
  it("are one a kind, and no more", () => {
    expect(readdirSync(folder(locale)).sort()).toEqual(KINDS.map((kind) => `${kind}.md`).sort());
  });

  it.each(KINDS)("of %s names the very buttons of its kind, briefly", (kind) => {
    const markdown = readFileSync(new URL(`${kind}.md`, folder(locale)), "utf8");
    expect(problemsOf(kind, markdown)).toEqual([]);
    expect(buttonsOf(markdown).sort()).toEqual([...ALERT_KINDS[kind].actions].sort());
    expect(wordsOf(markdown).length).toBeLessThanOrEqual(MOST_WORDS);
    // What it is, what breaks, what to do in order, and whom to call.
    expect(markdown.match(/^\d+\. /gm)?.length).toBeGreaterThanOrEqual(3);
    expect(markdown.match(/\*\*[^*]+\*\*/g)?.length).toBeGreaterThanOrEqual(3);
    expect(markdown).not.toMatch(/<[a-z]/i);
  });

  it("are found from where a process starts", async () => {
    const markdown = readFileSync(new URL("stalled.md", folder(locale)), "utf8");
    expect(await shippedRunbook("stalled", locale)).toBe(markdown.trim());
  });
});

describe("a button", () => {
  it("is a link to one of the actions", () => {
    expect(buttonOf("action:look_now")).toBe("look_now");
    for (const href of ["action:launch", "https://example.com", "action:", "look_now", undefined]) {
      expect(buttonOf(href)).toBeNull();
    }
  });

  it("is found however it is written, each once", () => {
    const markdown =
      "[a](action:pay), [b]( action:pay ) [c](<action:adopt>)\n![d](ACTION:x) action:dossier";
    expect(buttonsOf(markdown)).toEqual(["pay", "adopt", "x"]);
  });
});

describe("an edited runbook", () => {
  it("is neither empty, nor endless, nor promises what its kind hasn't", () => {
    expect(problemsOf("stalled", "Wait.")).toEqual([]);
    expect(problemsOf("stalled", " \n")).toEqual([{ code: "empty" }]);
    expect(problemsOf("stalled", "x".repeat(20_001))).toEqual([{ code: "long" }]);
    expect(problemsOf("stalled", "[Pay](action:pay), [Look](action:look_now)")).toEqual([
      { code: "unknown_button", button: "pay" },
    ]);
  });
});
