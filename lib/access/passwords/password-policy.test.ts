import { readFileSync } from "node:fs";
import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it } from "vitest";
import { fillBloom, isInBloom } from "./bloom.ts";
import { isCommonWord, SHORTEST_WORD } from "./common-passwords.ts";
import { passwordProblem } from "./password-policy.ts";

const ASHA = { name: "Asha Raonimbalkar", email: "asha.r@shop.example" };
const problem = (password: string) => passwordProblem(password, ASHA);

describe("passwordProblem", () => {
  it.each([
    ["eleven char", "short"],
    // Twelve code units, six characters.
    ["😀😀😀😀😀😀", "short"],
    ["x7".repeat(501), "long"],
    ["1qaz2wsx3edc", "common"],
    ["1QAZ2wsx3edc", "common"],
    ["password2024!", "common"],
    ["P@ssw0rd-1234", "common"],
    ["**sunshine**99", "common"],
    ["dragon dragon", "common"],
    ["letmein_letmein_letmein", "common"],
    ["aaaaaaaaaaaa", "common"],
    ["abababababab", "common"],
    ["123456789012", "common"],
    ["987654321098", "common"],
    ["abcdefghijkl", "common"],
    ["Keyhold12345", "personal"],
    ["raonimbalkar77", "personal"],
    ["asha.r@shop.example", "personal"],
    ["Shop.Example!1", "personal"],
  ])("refuses %j: %s", async (password, expected) => {
    expect(await problem(password)).toBe(expected);
  });

  it.each([
    "correct horse battery",
    "plum-otter-27-window",
    "नदी के उस पार का घर",
    "tR4!vq09#mLx",
    "my dog keyhold eats 3 plums",
    "849302758291",
  ])("takes %j", async (password) => {
    expect(await problem(password)).toBeNull();
  });
});

describe("the list of common passwords", () => {
  const words = [
    ...new Set(dictionary["passwords-common"].map((word) => String(word).toLowerCase())),
  ].filter((word) => word.length >= SHORTEST_WORD);

  it("is the one that its script makes of the library's", () => {
    const shipped = readFileSync(new URL("common-passwords.bin", import.meta.url));
    expect(shipped.equals(fillBloom(words))).toBe(true);
  });

  it("knows every word of it, and hardly any other", async () => {
    const known = await Promise.all(words.map(isCommonWord));
    expect(known.filter((is) => !is)).toEqual([]);
    const strangers = Array.from({ length: 50_000 }, (_, n) => `stranger-${n}-${n * 7919}`);
    const taken = (await Promise.all(strangers.map(isCommonWord))).filter(Boolean);
    expect(taken.length).toBeLessThan(20);
  });

  it("is empty when nothing is in it", () => {
    expect(isInBloom(Buffer.alloc(8), "password")).toBe(false);
  });
});
