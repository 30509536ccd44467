import { describe, expect, it } from "vitest";
import { foldMiddle, foldRuns } from "#components/orders/fold-timeline.ts";
import type { TimelineKind } from "#lib/orders/timeline.ts";
import type { TimelineView } from "#lib/orders/types.ts";

let next = 0;
const entry = (kind: TimelineKind, data: TimelineView["data"] = {}): TimelineView => {
  next += 1;
  return { id: String(next), at: "2026-01-01T00:00:00.000Z", kind, actor: null, data, count: 1 };
};
const vainTry = (detail = "no money") => [
  entry("looked", { word: "active" }),
  entry("pay_sent"),
  entry("pay_refused", { detail }),
];
const shape = (timeline: TimelineView[]) =>
  foldRuns(timeline).map((part) =>
    part.kind === "run" ? `${part.times}×${part.entries.at(-1)?.kind}` : part.entry.kind,
  );

describe("foldRuns", () => {
  it("folds what repeats and keeps the rest", () => {
    const timeline = [entry("placed"), ...vainTry(), ...vainTry(), ...vainTry(), entry("looked")];
    expect(shape(timeline)).toEqual(["placed", "3×pay_refused", "looked"]);
  });

  it("leaves two of a kind alone, and what differs", () => {
    expect(shape([...vainTry(), ...vainTry()])).toHaveLength(6);
    expect(shape([...vainTry("a"), ...vainTry("b"), ...vainTry("c")])).toHaveLength(9);
  });

  it("loses nothing", () => {
    const timeline = [...vainTry(), ...vainTry(), ...vainTry(), ...vainTry(), entry("looked")];
    const all = foldRuns(timeline).flatMap((part) =>
      part.kind === "run" ? part.entries : [part.entry],
    );
    expect(all).toEqual(timeline);
  });
});

describe("foldMiddle", () => {
  const numbers = (length: number) => Array.from({ length }, (_, index) => index);
  it("shows a long story's beginning and end", () => {
    const { beginning, between, end } = foldMiddle(numbers(100));
    expect([beginning.length, between.length, end.length]).toEqual([8, 68, 24]);
    expect([...beginning, ...between, ...end]).toEqual(numbers(100));
  });
  it("hides no handful", () => {
    expect(foldMiddle(numbers(36)).between).toEqual([]);
  });
});
