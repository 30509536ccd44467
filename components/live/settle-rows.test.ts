import { describe, expect, it } from "vitest";
import {
  justAbove,
  settled,
  settleRows,
  waitingRows,
  withoutGone,
} from "#components/live/settle-rows.ts";

type Row = { id: string; word: string };

const row = (id: string, word = "first"): Row => ({ id, word });
const page = (rows: Row[], next: string | null = null) => ({
  rows,
  next,
  readAt: "2026-01-01T00:00:00.000Z",
});
const ids = (rows: Row[]) => rows.map(({ id }) => id).join("");

describe("settleRows", () => {
  const held = settled([row("d"), row("c"), row("b")]);

  it("changes rows in place and lets new ones wait", () => {
    const answer = page([row("e"), row("d", "changed"), row("c"), row("b")]);
    const after = settleRows(held, answer);
    expect(ids(after.rows)).toBe("dcb");
    expect(after.rows[0]?.word).toBe("changed");
    expect(ids(waitingRows(after, answer))).toBe("e");
  });

  it("lets a row wait that comes between", () => {
    const answer = page([row("d"), row("cc"), row("c"), row("b")]);
    expect(ids(settleRows(held, answer).rows)).toBe("dcb");
    expect(ids(waitingRows(held, answer))).toBe("cc");
  });

  it("keeps a row that left the list until told otherwise, and fills up from below", () => {
    const after = settleRows(held, page([row("d"), row("b"), row("a")]));
    expect(ids(after.rows)).toBe("dcba");
    expect([...after.gone]).toEqual(["c"]);
    expect(ids(withoutGone(after).rows)).toBe("dba");
  });

  it("doesn't take a row for gone that new ones pushed to the next page", () => {
    const after = settleRows(held, page([row("e"), row("d"), row("c")], "c"));
    expect(ids(after.rows)).toBe("dcb");
    expect(after.gone.size).toBe(0);
  });

  it("fills an empty list at once", () => {
    expect(ids(settleRows(settled([]), page([row("a")])).rows)).toBe("a");
  });
});

describe("justAbove", () => {
  it("counts up across the groups", () => {
    expect(justAbove("01998a3e-7c00-7000-8000-0000000000ff")).toBe(
      "01998a3e-7c00-7000-8000-000000000100",
    );
    expect(justAbove("01998a3e-7c00-7000-8000-ffffffffffff")).toBe(
      "01998a3e-7c00-7000-8001-000000000000",
    );
  });
});
