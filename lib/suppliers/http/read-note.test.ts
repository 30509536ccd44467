import { expect, test } from "vitest";
import type { Json } from "../port.ts";
import { readNote } from "./read-note.ts";

test.each<[string, Json | undefined, Record<string, string> | null]>([
  ["not shown", undefined, null],
  ["null", null, {}],
  ["empty", {}, {}],
  ["an empty list, as some servers write an empty map", [], {}],
  ["blank text", "", {}],
  ["texts and numbers", { login: " Asha ", player_id: 7 }, { login: " Asha ", player_id: "7" }],
  [
    "digits that a number can't hold",
    { id: "12345678901234567890" },
    { id: "12345678901234567890" },
  ],
  ["true and nothing", { gift: true, server: null }, { gift: "true" }],
  ["deeper values", { a: { b: [1] } }, { a: '{"b":[1]}' }],
  ["what a database refuses", { a: "x\0y\ud800" }, { a: "x\uFFFDy\uFFFD" }],
  ["text", "for Asha", null],
  ["a list", ["for Asha"], null],
])("a note that is %s", (_, note, expected) => {
  expect(readNote(note)).toEqual(expected);
});

test("what is cut can't pass for the whole", () => {
  const whole = "x".repeat(2_000);
  expect(readNote({ a: whole })).toEqual({ a: whole });
  expect(readNote({ a: `${whole}y` })).toEqual({ a: `${whole}…` });
});

test("a prototype is no field", () => {
  expect(readNote(JSON.parse('{"__proto__":{"a":"1"},"constructor":"c"}'))).toEqual({
    constructor: "c",
  });
});
