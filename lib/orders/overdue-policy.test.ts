import { describe, expect, it } from "vitest";
import { isOverdue, OVERDUE_AFTER_MS } from "./overdue-policy.ts";

const due = new Date("2026-11-21T10:00:00Z");

describe("isOverdue", () => {
  it("begins a minute after the look was due", () => {
    expect(isOverdue(due, due.getTime() + OVERDUE_AFTER_MS)).toBe(false);
    expect(isOverdue(due, due.getTime() + OVERDUE_AFTER_MS + 1)).toBe(true);
    expect(isOverdue(due.toISOString(), due.getTime() - 1)).toBe(false);
  });

  it("is never so where nothing is left to look for", () => {
    expect(isOverdue(null, due.getTime())).toBe(false);
  });
});
