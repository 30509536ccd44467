import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { readCodes } from "./read-codes.ts";

const code = (position: number, value: string, raw: Json = value) => ({ position, value, raw });

describe("readCodes", () => {
  test.each<[string, Json | undefined, ReturnType<typeof code>[]]>([
    ["nothing", undefined, []],
    ["null", null, []],
    ["an empty list", [], []],
    ["texts", ["A", "B", "A"], [code(0, "A"), code(1, "B"), code(2, "A")]],
    ["text with space around", [" A\n"], [code(0, "A", " A\n")]],
    ["numbers", [12345678], [code(0, "12345678", 12345678)]],
    ["a bare text", "A", [code(0, "A")]],
    ["a bare object", { code: "A" }, [code(0, "A", { code: "A" })]],
    [
      "code beside other fields",
      [{ code: "A", pin: "1", serial: "S" }],
      [code(0, "A", { code: "A", pin: "1", serial: "S" })],
    ],
    ["pin alone", [{ pin: 1234 }], [code(0, "1234", { pin: 1234 })]],
    ["blank code, then pin", [{ code: "", pin: "1" }], [code(0, "1", { code: "", pin: "1" })]],
    ["codes", [{ codes: ["A", "B"] }], [code(0, "A"), code(1, "B")]],
    [
      "bare codes",
      { codes: ["A", { code: "B", pin: "2" }] },
      [code(0, "A"), code(1, "B", { code: "B", pin: "2" })],
    ],
    [
      "codes beside other fields",
      [{ codes: ["A", "B"], serial: "S" }],
      [code(0, "A", { serial: "S", codes: ["A"] }), code(1, "B", { serial: "S", codes: ["B"] })],
    ],
    [
      "codes between others",
      ["X", { codes: ["A", "B"] }, "Y"],
      [code(0, "X"), code(1, "A"), code(2, "B"), code(3, "Y")],
    ],
    [
      "unknown shape",
      [{ iccid: "89", qr: "LPA:1$x" }],
      [code(0, '{"iccid":"89","qr":"LPA:1$x"}', { iccid: "89", qr: "LPA:1$x" })],
    ],
    ["codes that is no list", [{ codes: "A" }], [code(0, '{"codes":"A"}', { codes: "A" })]],
    ["a list in a list", [["A", "B"]], [code(0, '["A","B"]', ["A", "B"])]],
    ["a truth value", [true], [code(0, "true", true)]],
    ["blanks keep their place", [null, "", " ", {}, [], { code: null }, "A"], [code(6, "A")]],
    ["blanks within codes, too", [{ codes: [null, "A"] }, "B"], [code(1, "A"), code(2, "B")]],
  ])("%s", (_, externalData, expected) => {
    expect(readCodes(externalData)).toEqual(expected);
  });

  test("a huge field beside codes is not repeated with every code", () => {
    const element = {
      codes: Array.from({ length: 1_000 }, (_, at) => `C${at}`),
      guide: "x".repeat(1_000),
    };
    expect(readCodes([element])).toEqual([code(0, JSON.stringify(element), element)]);
  });

  test("inherited names are not fields", () => {
    const element = JSON.parse('{"__proto__":{"code":"A"}}') as Json;
    expect(readCodes([element])).toEqual([code(0, '{"__proto__":{"code":"A"}}', element)]);
  });
});
