import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ALERT_KINDS, type AlertKind } from "../alert-policy.ts";

const page = readFileSync(new URL("../../../docs/alerts.md", import.meta.url), "utf8");
/** Cells of the table of kinds, by the kind. */
const rows = new Map(
  page.split("\n").flatMap((line) => {
    const [, kind] = /^\| \[`(\w+)`\]/.exec(line) ?? [];
    const cells = line.split("|").map((cell) => cell.trim());
    return kind ? [[kind, cells.slice(1, -1)] as const] : [];
  }),
);

describe("docs/alerts.md", () => {
  it("has a row for each kind, in their order", () => {
    expect([...rows.keys()]).toEqual(Object.keys(ALERT_KINDS));
  });

  it.each(Object.keys(ALERT_KINDS) as AlertKind[])("says of %s what the policy says", (kind) => {
    const { about, severity, ends } = ALERT_KINDS[kind];
    const [name, isAbout, when, howBad, end] = rows.get(kind) ?? [];
    expect(name).toBe(`[\`${kind}\`](../lib/alerts/runbooks/en/${kind}.md)`);
    expect(when).toMatch(/^.{10,}/);
    expect([isAbout, howBad, end]).toEqual([
      ...[about, severity],
      { rule: "by itself", person: "by a person", either: "by either" }[ends],
    ]);
  });
});
