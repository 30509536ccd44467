import { describe, expect, it } from "vitest";
import { keyOf } from "#components/shell/shortcuts.ts";

describe("keyOf", () => {
  it.each([
    [{ key: "e", code: "KeyE", shiftKey: false }, "e"],
    [{ key: "A", code: "KeyA", shiftKey: true }, "shift+a"],
    // Caps lock is no shift.
    [{ key: "E", code: "KeyE", shiftKey: false }, "e"],
    [{ key: "?", code: "Slash", shiftKey: true }, "?"],
    [{ key: "?", code: "Minus", shiftKey: true }, "?"],
    [{ key: "1", code: "Digit1", shiftKey: false }, "1"],
    [{ key: "ArrowDown", code: "ArrowDown", shiftKey: false }, "ArrowDown"],
    // A layout of its own order: what is written on the key counts.
    [{ key: "a", code: "KeyQ", shiftKey: false }, "a"],
    // A layout of another script: the place of the key counts.
    [{ key: "ा", code: "KeyE", shiftKey: false }, "e"],
    [{ key: "ओ", code: "KeyA", shiftKey: true }, "shift+a"],
    [{ key: "१", code: "Digit1", shiftKey: false }, "1"],
  ])("%j is %s", (pressed, name) => {
    expect(keyOf(pressed)).toBe(name);
  });
});
