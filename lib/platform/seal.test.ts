import { createCipheriv, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareSealingKey } from "./bare-keys.ts";
import { fixedKeyring } from "./fixed-keyring.ts";
import { SealError } from "./gcm.ts";
import { createSealer } from "./seal.ts";

const key = Buffer.from("030a11181f262d343b424950575e656c737a81888f969da4abb2b9c0c7ced5dc", "hex");
const nonce = Buffer.from("000102030405060708090a0b", "hex");
/** The same bytes as data key and as outside key. */
const fixed = createSealer(fixedKeyring([{ id: "k1", key }], [{ id: "k1", key }]), () => nonce);
const ROW = "codes|sealed|a|b|c|0";

const older = { id: "old", key: randomBytes(32) };
const newer = { id: "new", key: randomBytes(32) };
const sealerOf = (...keys: { id: string; key: Buffer }[]) => createSealer(fixedKeyring(keys));

// Frozen for ever, and reproduced by another implementation of HKDF and AES-GCM: a change that
// breaks these makes every stored code unreadable.
const VECTORS = [
  {
    text: "",
    row: ROW,
    v1: "v1|k1|AAECAwQFBgcICQoL||f-LFaUNX2H7FQeFwp6j8cA",
    v2: "v2|k1|AAECAwQFBgcICQoL||6F-A3hFlEF7GqOZWVyKhSA",
    index: "jXEqPeHvFoSbt9JuhTlbOXEksxLem65YE1MtDnYgxjQ",
  },
  {
    text: "XK7P-22QD-MM41",
    row: ROW,
    v1: "v1|k1|AAECAwQFBgcICQoL|NwwS2Och0KPqHALBG-I|rOenSB5ZUl1u_Vucb2Dggg",
    v2: "v2|k1|AAECAwQFBgcICQoL|lKpFlkCrhb0vtu_R_Vk|EKUuRjn4RKNuL8PnDA7USw",
    index: "ftjh74fo58QAt9tzvyWG82EnZTHC0_j6OYwmvOh615M",
  },
  {
    text: "ключ 🔑 \u0000",
    row: "row",
    v1: "v1|k1|AAECAwQFBgcICQoL|v_31MxudM3WOwdAYvvPF|LWzJjRSfyv1vj18AH1KxqQ",
    v2: "v2|k1|AAECAwQFBgcICQoL|HFuifbwXZmtLaz0IWEg0|kt3GYRu7XvEi8F2JmzyqTg",
    index: "wyJOx0PPJ6ol_X4dQYYFrBUpBpQOqRJE5KAEWaQiBzE",
  },
];

describe("known answers", () => {
  it.each(VECTORS)("seals, opens and indexes %j", async ({ text, row, v1, v2, index }) => {
    expect(fixed.seal(text, row)).toBe(v2);
    expect(await fixed.open(v2, row)).toBe(text);
    expect(await fixed.open(v1, row)).toBe(text);
    expect(fixed.blindIndex(text)).toBe(index);
  });
});

describe("seal and open", () => {
  it("gives back any text", async () => {
    const sealer = sealerOf(newer);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string(), async (text, row) => {
        expect(await sealer.open(sealer.seal(text, row), row)).toBe(text);
      }),
    );
  });

  it("opens with any data key and seals with the first", async () => {
    const before = sealerOf(older).seal("code", ROW);
    const rotated = sealerOf(newer, older);
    expect(await rotated.open(before, ROW)).toBe("code");
    expect(rotated.seal("code", ROW)).toMatch(/^v2\|new\|/);
  });

  it("opens what an outside key sealed by itself, with any of them", async () => {
    const sealed = sealedByOutsideKey(older, "code");
    const sealer = createSealer(fixedKeyring([newer], [newer, older]));
    expect(await sealer.open(sealed, ROW)).toBe("code");
    const without = createSealer(fixedKeyring([newer, older], [newer]));
    await expect(without.open(sealed, ROW)).rejects.toThrow("no key old");
  });

  it("says which key is missing", async () => {
    const sealed = sealerOf(older).seal("code", ROW);
    await expect(sealerOf(newer).open(sealed, ROW)).rejects.toThrow("no key old");
  });

  it("needs a key", () => {
    expect(() => sealerOf()).toThrow("At least one data key");
  });

  it("takes no nonce twice in a million", { timeout: 60_000 }, () => {
    const sealer = sealerOf(newer);
    const seen = new Set<string>();
    for (let at = 0; at < 1_000_000; at += 1) {
      const sealed = sealer.seal("", ROW);
      seen.add(sealed.slice(7, 23));
    }
    expect(seen.size).toBe(1_000_000);
  });
});

/** As `v1` was made. */
function sealedByOutsideKey(outside: { id: string; key: Buffer }, text: string): string {
  const cipher = createCipheriv("aes-256-gcm", bareSealingKey(outside.key), nonce);
  cipher.setAAD(Buffer.from(`v1|${outside.id}|${ROW}`));
  const parts = [nonce, Buffer.concat([cipher.update(text, "utf8"), cipher.final()])];
  const [iv, sealed, tag] = [...parts, cipher.getAuthTag()].map((part) =>
    part.toString("base64url"),
  );
  return ["v1", outside.id, iv, sealed, tag].join("|");
}

describe.each(["v1", "v2"] as const)("open refuses, of %s,", (version) => {
  const sealed = VECTORS[1]?.[version] ?? "";
  const parts = sealed.split("|");
  const spell = (changes: Record<number, string>) =>
    parts.map((part, index) => changes[index] ?? part).join("|");
  const refuses = (text: string, row = ROW, by = fixed) =>
    expect(by.open(text, row), text).rejects.toThrow(SealError);

  it("every other character at every place", async () => {
    const alphabet = "ABCDwxyz0189-_|=+/ \u0000é";
    let mutants = 0;
    for (let at = 0; at < sealed.length; at++) {
      for (const character of alphabet) {
        if (sealed[at] === character) continue;
        mutants++;
        await refuses(sealed.slice(0, at) + character + sealed.slice(at + 1));
      }
    }
    expect(mutants).toBeGreaterThan(1_000);
  });

  it("every flipped bit of nonce, ciphertext and tag", async () => {
    for (const at of [2, 3, 4]) {
      const bytes = Buffer.from(parts[at] ?? "", "base64url");
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        await refuses(spell({ [at]: flipped.toString("base64url") }));
      }
    }
  });

  it("a tag cut to any length", async () => {
    const tag = Buffer.from(parts[4] ?? "", "base64url");
    for (let length = 0; length < tag.length; length++) {
      await refuses(spell({ 4: tag.subarray(0, length).toString("base64url") }));
    }
  });

  it.each([
    ["another row", sealed, "codes|sealed|a|b|c|1"],
    ["another version", spell({ 0: version === "v1" ? "v2" : "v1" }), ROW],
    ["a version to come", spell({ 0: "v3" }), ROW],
    ["a key under another's name", spell({ 1: "k2" }), ROW],
    ["no nonce", spell({ 2: "" }), ROW],
    ["a longer nonce", spell({ 2: "AAECAwQFBgcICQoLDA0O" }), ROW],
    ["a sixth part", `${sealed}|AA`, ROW],
    ["a missing part", parts.slice(0, 4).join("|"), ROW],
    ["padding", `${sealed}==`, ROW],
    ["white space", ` ${sealed}`, ROW],
    ["the plain text", "XK7P-22QD-MM41", ROW],
    ["nothing", "", ROW],
  ])("%s", async (_, text, row) => {
    await refuses(text, row);
  });

  it("a ciphertext of the same key id but another key", async () => {
    const other = { id: "k1", key: randomBytes(32) };
    await refuses(sealed, ROW, createSealer(fixedKeyring([other], [other])));
  });
});

describe("blindIndex", () => {
  it("tells values apart, and installations too", () => {
    const sealer = sealerOf(older);
    expect(sealer.blindIndex("code")).not.toBe(sealer.blindIndex("Code"));
    expect(sealerOf(newer).blindIndex("code")).not.toBe(sealer.blindIndex("code"));
  });
});
