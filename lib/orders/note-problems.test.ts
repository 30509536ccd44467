import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NoteField } from "#lib/suppliers/port.ts";
import { readNote } from "./note-problems.ts";

const field = (name: string, type: NoteField["type"], options: string[] = []): NoteField => ({
  name,
  type,
  options,
});
const problemOf = (type: NoteField["type"], typed: unknown, options?: string[]) =>
  readNote([field("x", type, options)], { x: typed }).problems[0]?.problem ?? null;

describe("readNote", () => {
  it("gives the supplier what it asked for, and nothing else", () => {
    const fields = [
      field("login", "string"),
      field("player_id", "integer"),
      field("amount", "number"),
    ];
    const typed = { login: "  asha ", player_id: "00123", amount: "1.50", extra: "x" };
    expect(readNote(fields, typed)).toEqual({
      note: { login: "asha", player_id: 123, amount: 1.5 },
      problems: [],
    });
  });

  it("has no note for a product that asks for none", () => {
    expect(readNote([], { login: "asha" })).toEqual({ note: null, problems: [] });
  });

  it.each([
    ["string", "anything at all", null],
    ["string", "   ", "required"],
    ["string", undefined, "required"],
    ["string", null, "required"],
    ["string", 0, null],
    ["integer", "12", null],
    ["integer", -7, null],
    ["integer", "1.5", "not_whole"],
    ["integer", "1e5", "not_whole"],
    ["integer", "0x10", "not_whole"],
    ["integer", "१२", "not_whole"],
    ["integer", "9".repeat(15), null],
    ["integer", "9".repeat(16), "not_whole"],
    ["integer", Number.NaN, "not_whole"],
    ["number", "12.345", null],
    ["number", "123456789012.345", null],
    ["number", "1234567890123.456", "not_a_number"],
    ["number", "1,5", "not_a_number"],
    ["number", ".5", "not_a_number"],
    ["number", "Infinity", "not_a_number"],
    ["email", "asha@example.com", null],
    ["email", "asha@example", "not_an_email"],
    ["email", "a b@example.com", "not_an_email"],
    ["email", "@example.com", "not_an_email"],
  ] as const)("%s %j: %s", (type, typed, problem) => {
    expect(problemOf(type, typed)).toBe(problem);
  });

  it("takes 500 characters, and no more", () => {
    expect(problemOf("string", "x".repeat(500))).toBeNull();
    expect(problemOf("string", "x".repeat(501))).toBe("too_long");
    expect(problemOf("string", "x".repeat(10_240))).toBe("too_long");
  });

  it("takes one of the options, as it is spelt", () => {
    expect(problemOf("select", "Asia", ["Asia", "Europe"])).toBeNull();
    expect(problemOf("select", "asia", ["Asia", "Europe"])).toBe("not_an_option");
    expect(problemOf("select", "Asia", [])).toBe("not_an_option");
  });

  it("names every field at fault, and takes nothing from a prototype", () => {
    const fields = [field("constructor", "string"), field("toString", "integer")];
    expect(readNote(fields, {}).problems).toEqual([
      { field: "constructor", problem: "required" },
      { field: "toString", problem: "required" },
    ]);
  });

  it("sends every number exactly as it was typed", () => {
    const digits = fc.stringMatching(/^-?\d{1,10}(\.\d{1,5})?$/);
    fc.assert(
      fc.property(digits, (typed) => {
        const { note, problems } = readNote([field("x", "number")], { x: typed });
        expect(problems).toEqual([]);
        expect(Big(String(note?.x)).eq(Big(typed))).toBe(true);
      }),
      { seed: 20_261_121, numRuns: 1_000 },
    );
  });

  it("never throws and never lets a wrong value through", () => {
    const types = fc.constantFrom<NoteField["type"]>(
      "string",
      "integer",
      "number",
      "email",
      "select",
    );
    fc.assert(
      fc.property(types, fc.anything(), (type, typed) => {
        const { note, problems } = readNote([field("x", type, ["a"])], { x: typed });
        if (problems.length > 0) expect(note).toEqual({});
        else if (type === "integer") expect(Number.isSafeInteger(note?.x)).toBe(true);
        else if (type === "number") expect(Number.isFinite(note?.x)).toBe(true);
        else expect(typeof note?.x).toBe("string");
      }),
      { seed: 20_261_121, numRuns: 1_000 },
    );
  });
});
