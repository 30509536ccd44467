import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const css = readFileSync(fileURLToPath(new URL("../../app/globals.css", import.meta.url)), "utf8");
const themes = ["light", "dark"] as const;
type Theme = (typeof themes)[number];

/** The colour tokens of one theme, by name without `--color-`. */
function tokens(theme: Theme): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", light = "", dark = ""] of css.matchAll(
    /--color-([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g,
  )) {
    found.set(name, theme === "light" ? light : dark);
  }
  found.set("on-danger", "#ffffff");
  return found;
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const states = ["waiting", "moving", "done", "look", "risk", "mock"];
const grounds = ["ground", "sunken", "surface", "raised", "hover"];

/** `[front, back]` pairs that occur, with the contrast that WCAG AA asks of them. */
const text: [string, string][] = [
  ...["ink", "ink-2", "ink-3", "accent"].flatMap((front) =>
    grounds.map((back): [string, string] => [front, back]),
  ),
  ...states.flatMap((state): [string, string][] => [
    [state, `${state}-soft`],
    [state, "surface"],
    ["ink", `${state}-soft`],
    ["ink-2", `${state}-soft`],
  ]),
  ["ink", "pressed"],
  ["ink-2", "pressed"],
  ["accent", "accent-soft"],
  ["accent", "pressed"],
  ["on-accent", "accent-fill"],
  ["on-accent", "accent-fill-hover"],
  ["on-danger", "danger"],
  ["on-danger", "danger-hover"],
  ["ink", "accent-line"],
];
const signs: [string, string][] = [
  ...["surface", "raised", "sunken", "ground"].map((back): [string, string] => ["control", back]),
  ...grounds.map((back): [string, string] => ["accent", back]),
  ...states.flatMap((state) =>
    ["surface", "raised", "hover"].map((back): [string, string] => [`${state}-solid`, back]),
  ),
  ["accent-fill", "surface"],
];

describe.each(themes)("contrast in the %s theme", (theme) => {
  const colours = tokens(theme);
  const colour = (name: string) => {
    const value = colours.get(name);
    if (!value) throw new Error(`globals.css has no --color-${name}`);
    return value;
  };
  it.each(text)("%s on %s is readable as text", (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(signs)("%s on %s can be told apart", (front, back) => {
    expect(contrast(colour(front), colour(back))).toBeGreaterThanOrEqual(3);
  });
});
