import { describe, expect, it } from "vitest";
import { nextCategoryCursor, readCategoryCursor } from "./category-walk.ts";

const category = (id: string, parentId: string | null = null) => ({
  id,
  name: id,
  slug: id,
  parentId,
  hasProducts: true,
});

/** Walks a tree that answers `children(parent)` in one page each; the ids seen, and the lists asked for. */
function walkTree(children: (parent: string | null) => ReturnType<typeof category>[]) {
  const asked: (string | null)[] = [];
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const walk = readCategoryCursor(cursor);
    if (!walk) throw new Error("the cursor is unreadable");
    const parent = walk.ids[walk.at] ?? null;
    asked.push(parent);
    const items = children(parent);
    seen.push(...items.map(({ id }) => id));
    cursor = nextCategoryCursor(walk, { items, next: null });
  } while (cursor !== null && asked.length < 50);
  return { asked, seen };
}

describe("walking the categories", () => {
  it("takes a list with parents in it for the whole tree", () => {
    const { asked } = walkTree(() => [category("a"), category("b", "a")]);
    expect(asked).toEqual([null]);
  });

  it("descends where only the roots were listed", () => {
    const tree: Record<string, string[]> = { "": ["a", "b"], a: ["a1", "a2"], a1: ["a11"] };
    const { asked, seen } = walkTree((parent) =>
      (tree[parent ?? ""] ?? []).map((id) => category(id, parent)),
    );
    expect(asked).toEqual([null, "a", "b", "a1", "a2", "a11"]);
    expect(seen).toEqual(["a", "b", "a1", "a2", "a11"]);
  });

  it("ends where a supplier ignores the parent and repeats itself, or links in a circle", () => {
    expect(walkTree(() => [category("a"), category("b")]).asked).toEqual([null, "a", "b"]);
  });

  it("goes on within a list of several pages", () => {
    const first = readCategoryCursor(null);
    if (!first) throw new Error("no start");
    const cursor = nextCategoryCursor(first, { items: [category("a")], next: "c:2" });
    expect(readCategoryCursor(cursor)).toEqual({ ids: ["a"], at: -1, whole: false, place: "c:2" });
  });

  it.each(["", "junk", "{}", '{"ids":[],"at":3}', "null"])(
    "refuses the foreign cursor %j",
    (cursor) => {
      expect(readCategoryCursor(cursor)).toBeNull();
    },
  );
});
