import { describe, expect, it } from "vitest";
import { nextPosition, WALK_START, type WalkPosition } from "./walk-position.ts";

const END = { next: null, foundCategoryIds: [] };

describe("nextPosition", () => {
  it("goes through the categories, then through each one's products, to the end", () => {
    const answers = [
      { next: "c2", foundCategoryIds: ["a"] },
      { next: null, foundCategoryIds: ["a", "b"] },
      { next: "p2", foundCategoryIds: [] },
      END,
      END,
    ];
    const walked: (WalkPosition | null)[] = [];
    let at: WalkPosition | null = WALK_START;
    for (const answer of answers) {
      at = at && nextPosition(at, answer);
      walked.push(at);
    }
    const categoryIds = ["a", "b"];
    expect(walked).toEqual([
      { stage: "categories", cursor: "c2", found: ["a"] },
      { stage: "products", categoryIds, at: 0, cursor: null },
      { stage: "products", categoryIds, at: 0, cursor: "p2" },
      { stage: "products", categoryIds, at: 1, cursor: null },
      null,
    ]);
  });

  it("is at its end where there is no category", () => {
    expect(nextPosition(WALK_START, END)).toBeNull();
  });
});
