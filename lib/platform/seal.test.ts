import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer } from "./seal.ts";

const key = Buffer.from("030a11181f262d343b424950575e656c737a81888f969da4abb2b9c0c7ced5dc", "hex");
const nonce = Buffer.from("000102030405060708090a0b", "hex");
const fixed = createSealer([{ id: "k1", key }], () => nonce);
const ROW = "codes|sealed|a|b|c|0";

const older = { id: "old", key: randomBytes(32) };
const newer = { id: "new", key: randomBytes(32) };

// Frozen for ever, and reproduced by another implementation of HKDF and AES-GCM: a change that
// breaks these makes every stored code unreadable.
const VECTORS = [
  {
    text: "",
    row: ROW,
    sealed: "v1|k1|AAECAwQFBgcICQoL||f-LFaUNX2H7FQeFwp6j8cA",
    index: "jXEqPeHvFoSbt9JuhTlbOXEksxLem65YE1MtDnYgxjQ",
  },
  {
    text: "XK7P-22QD-MM41",
    row: ROW,
    sealed: "v1|k1|AAECAwQFBgcICQoL|NwwS2Och0KPqHALBG-I|rOenSB5ZUl1u_Vucb2Dggg",
    index: "ftjh74fo58QAt9tzvyWG82EnZTHC0_j6OYwmvOh615M",
  },
  {
    text: "ключ 🔑 \u0000",
    row: "row",
    sealed: "v1|k1|AAECAwQFBgcICQoL|v_31MxudM3WOwdAYvvPF|LWzJjRSfyv1vj18AH1KxqQ",
    index: "wyJOx0PPJ6ol_X4dQYYFrBUpBpQOqRJE5KAEWaQiBzE",
  },
];

describe("known answers", () => {
  it.each(VECTORS)("seals, opens and indexes %j", ({ text, row, sealed, index }) => {
    expect(fixed.seal(text, row)).toBe(sealed);
    expect(fixed.open(sealed, row)).toBe(text);
    expect(fixed.blindIndex(text)).toBe(index);
  });
});

describe("seal and open", () => {
  it("gives back any text", () => {
    const sealer = createSealer([newer]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, row) => {
        expect(sealer.open(sealer.seal(text, row), row)).toBe(text);
      }),
    );
  });

  it("never seals alike twice", () => {
    const sealer = createSealer([newer]);
    const sealed = new Set(Array.from({ length: 50 }, () => sealer.seal("same", ROW)));
    expect(sealed.size).toBe(50);
  });

  it("opens with any configured key and seals with the first", () => {
    const before = createSealer([older]).seal("code", ROW);
    const rotated = createSealer([newer, older]);
    expect(rotated.open(before, ROW)).toBe("code");
    expect(rotated.seal("code", ROW)).toMatch(/^v1\|new\|/);
  });

  it("says which key is missing", () => {
    const sealed = createSealer([older]).seal("code", ROW);
    expect(() => createSealer([newer]).open(sealed, ROW)).toThrow("key old is not configured");
  });

  it("needs a key", () => {
    expect(() => createSealer([])).toThrow("At least one sealing key");
  });
});

describe("open refuses", () => {
  const sealed = fixed.seal("XK7P-22QD-MM41", ROW);
  const parts = sealed.split("|");
  const spell = (changes: Record<number, string>) =>
    parts.map((part, index) => changes[index] ?? part).join("|");

  it("every other character at every place", () => {
    const alphabet = "ABCDwxyz0189-_|=+/ \u0000é";
    let mutants = 0;
    for (let at = 0; at < sealed.length; at++) {
      for (const character of alphabet) {
        if (sealed[at] === character) continue;
        mutants++;
        const mutant = sealed.slice(0, at) + character + sealed.slice(at + 1);
        expect(() => fixed.open(mutant, ROW), mutant).toThrow();
      }
    }
    expect(mutants).toBeGreaterThan(1_000);
  });

  it("every flipped bit of nonce, ciphertext and tag", () => {
    for (const at of [2, 3, 4]) {
      const bytes = Buffer.from(parts[at] ?? "", "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const mutant = spell({ [at]: flipped.toString("base64url") });
        expect(() => fixed.open(mutant, ROW), mutant).toThrow();
      }
    }
  });

  it.each([
    ["another row", sealed, "codes|sealed|a|b|c|1"],
    ["another version", spell({ 0: "v2" }), ROW],
    ["a key under another's name", spell({ 1: "k2" }), ROW],
    ["a tag cut to 12 bytes", spell({ 4: nonce.toString("base64url") }), ROW],
    ["a tag cut to 4 bytes", spell({ 4: "rOenSA" }), ROW],
    ["no tag", spell({ 4: "" }), ROW],
    ["no nonce", spell({ 2: "" }), ROW],
    ["a longer nonce", spell({ 2: "AAECAwQFBgcICQoLDA0O" }), ROW],
    ["a sixth part", `${sealed}|AA`, ROW],
    ["a missing part", parts.slice(0, 4).join("|"), ROW],
    ["padding", `${sealed}==`, ROW],
    ["white space", ` ${sealed}`, ROW],
    ["the plain text", "XK7P-22QD-MM41", ROW],
    ["nothing", "", ROW],
  ])("%s", (_, text, row) => {
    expect(() => fixed.open(text, row)).toThrow();
  });

  it("a ciphertext of the same key id but another key", () => {
    const other = createSealer([{ id: "k1", key: randomBytes(32) }]);
    expect(() => other.open(sealed, ROW)).toThrow();
  });
});

describe("blindIndex", () => {
  it("stays the same when a rotation puts a new key first", () => {
    const before = createSealer([older]).blindIndex("code");
    expect(createSealer([newer, older]).blindIndex("code")).toBe(before);
  });

  it("tells values apart, and installations too", () => {
    const sealer = createSealer([older]);
    expect(sealer.blindIndex("code")).not.toBe(sealer.blindIndex("Code"));
    expect(createSealer([newer]).blindIndex("code")).not.toBe(sealer.blindIndex("code"));
  });
});
