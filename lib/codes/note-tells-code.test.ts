import { expect, it } from "vitest";
import { testSealer } from "#prisma/factories.ts";
import { noteTellsCode } from "./note-tells-code.ts";

const sealer = testSealer();
const tells = (text: string, ...values: string[]) =>
  noteTellsCode(
    sealer,
    values.map((value) => sealer.blindIndex(value)),
    text,
  );

it.each([
  ["XK7P-22QD-MM41"],
  ["  XK7P-22QD-MM41\n"],
  ["it says XK7P-22QD-MM41 is used"],
  ["it says “XK7P-22QD-MM41”."],
  ["code:XK7P-22QD-MM41"],
  ["code=XK7P-22QD-MM41;pin=4711"],
  ["(XK7P-22QD-MM41)"],
  ["first line\nXK7P-22QD-MM41\nlast line"],
])("finds the code in %j", (text) => {
  expect(tells(text, "other", "XK7P-22QD-MM41")).toBe(true);
});

it("finds a code that has spaces in it, on a line of its own", () => {
  expect(tells("the customer sent:\n  user: asha pin: 4711  \n", "user: asha pin: 4711")).toBe(
    true,
  );
});

it.each([[""], ["used before, says the shop"], ["ends in MM41"], ["XK7P"]])(
  "lets %j be",
  (text) => {
    expect(tells(text, "XK7P-22QD-MM41")).toBe(false);
  },
);
