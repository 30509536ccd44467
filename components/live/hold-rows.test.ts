import { describe, expect, it } from "vitest";
import { holdRows } from "./hold-rows.ts";

const row = (id: string, word = "") => ({ id, word });
const idOf = ({ id }: { id: string }) => id;

describe("holdRows", () => {
  it("changes rows in place, moves none, and counts what is new", () => {
    const held = holdRows([row("b"), row("a")], [row("c"), row("a", "paid"), row("b")], idOf);
    expect(held.rows).toEqual([row("b"), row("a", "paid")]);
    expect(held.waiting).toBe(1);
    expect([...held.gone]).toEqual([]);
  });

  it("keeps what has left the list, and says so", () => {
    const held = holdRows([row("b"), row("a")], [row("b")], idOf);
    expect(held.rows).toEqual([row("b"), row("a")]);
    expect([...held.gone]).toEqual(["a"]);
  });
});
