import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseSealingKeys } from "./sealing-keys.ts";

const one = randomBytes(32);
const two = randomBytes(32);
const base64 = (key: Buffer) => key.toString("base64");

describe("parseSealingKeys", () => {
  it("reads one key, or several in their order", () => {
    expect(parseSealingKeys(`k1:${base64(one)}`)).toEqual([{ id: "k1", key: one }]);
    expect(parseSealingKeys(`k2:${base64(two)}, k1:${base64(one)} `)).toEqual([
      { id: "k2", key: two },
      { id: "k1", key: one },
    ]);
  });

  it("takes base64url as well", () => {
    expect(parseSealingKeys(`k1:${one.toString("base64url")}`)).toEqual([{ id: "k1", key: one }]);
  });

  it.each([
    ["nothing", "", "has to be `id:base64key`"],
    ["no id", base64(one), "has to be `id:base64key`"],
    ["an empty id", `:${base64(one)}`, "has to be `id:base64key`"],
    ["an id with a separator of sealed text", `k|1:${base64(one)}`, "has to be `id:base64key`"],
    ["an id that is too long", `${"k".repeat(33)}:${base64(one)}`, "has to be `id:base64key`"],
    ["a third part", `k1:${base64(one)}:x`, "has to be `id:base64key`"],
    ["a dangling comma", `k1:${base64(one)},`, "has to be `id:base64key`"],
    ["a short key", `k1:${base64(one.subarray(0, 31))}`, "(number 1) that is not 32 bytes"],
    ["a long key", `k1:${base64(one)},k2:${base64(randomBytes(33))}`, "(number 2) that is not 32"],
    ["zeros", `k1:${base64(Buffer.alloc(32))}`, "(number 1) that is not random"],
    [
      "a repeated word",
      `k1:${base64(Buffer.alloc(32, "password"))}`,
      "(number 1) that is not random",
    ],
    ["two keys alike", `k1:${base64(one)},k1:${base64(two)}`, "names two keys alike"],
  ])("refuses %s with a sentence", (_, text, sentence) => {
    expect(parseSealingKeys(text)).toContain(sentence);
  });

  it("never repeats what it was given", () => {
    const pasted = randomBytes(24).toString("base64url");
    for (const text of [`${pasted}:k1`, `k1:${pasted}`, pasted, `${pasted}:${pasted}`]) {
      const answer = parseSealingKeys(text);
      expect(answer).toBeTypeOf("string");
      expect(answer).not.toContain(pasted);
    }
  });
});
