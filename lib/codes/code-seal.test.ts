import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SealError } from "#lib/platform/gcm.ts";
import type { Json } from "#lib/platform/json.ts";
import { testSealer } from "#prisma/factories.ts";
import {
  type CodePlace,
  openCode,
  openConflict,
  placeOf,
  resealCode,
  resealConflict,
  sealCode,
  sealConflict,
} from "./code-seal.ts";

const sealer = testSealer();
const source = { orderId: "o", itemId: "i" };
const place: CodePlace = { codeId: "c", source, position: 0 };
const imported: CodePlace = { codeId: "c", source: { importId: "m" }, position: 0 };

describe("sealCode and openCode", () => {
  it("give back any code and its entry exactly as sent", async () => {
    const places = fc.constantFrom(place, imported);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }),
        fc.jsonValue(),
        places,
        async (value, raw, at) => {
          const sent = { value, raw: JSON.parse(JSON.stringify(raw)) as Json };
          expect(await openCode(sealer, at, sealCode(sealer, at, sent))).toEqual(sent);
        },
      ),
    );
  });

  it.each<[string, CodePlace]>([
    ["row", { ...place, codeId: "other" }],
    ["order", { ...place, source: { ...source, orderId: "other" } }],
    ["item", { ...place, source: { ...source, itemId: "other" } }],
    ["position", { ...place, position: 1 }],
    ["source", imported],
  ])("don't open in another %s", async (_, elsewhere) => {
    const sealed = sealCode(sealer, place, { value: "code", raw: "code" });
    await expect(openCode(sealer, elsewhere, sealed)).rejects.toThrow(SealError);
  });

  it("don't open in another import, or in an order's item that is called like one", async () => {
    const sealed = sealCode(sealer, imported, { value: "code", raw: "code" });
    for (const elsewhere of [{ importId: "n" }, source, { orderId: "m", itemId: "0" }]) {
      const at = { ...imported, source: elsewhere };
      await expect(openCode(sealer, at, sealed)).rejects.toThrow(SealError);
    }
  });

  it("don't take what a place showed later for what it showed first", async () => {
    const later = { conflictId: "c", codeId: "c" };
    const sealed = sealConflict(sealer, later, { value: "code", raw: null });
    expect(await openConflict(sealer, later, sealed)).toEqual({ value: "code", raw: null });
    for (const opened of [
      openCode(sealer, place, sealed),
      openConflict(sealer, { ...later, codeId: "d" }, sealed),
      openConflict(sealer, { ...later, conflictId: "d" }, sealed),
    ]) {
      await expect(opened).rejects.toThrow(SealError);
    }
  });

  it("name the places that stored seals are bound to", async () => {
    const bound: string[] = [];
    const names = { ...sealer, seal: (_: string, to: string) => `${bound.push(to)}` };
    sealCode(names, place, { value: "", raw: null });
    sealCode(names, imported, { value: "", raw: null });
    sealConflict(names, { conflictId: "x", codeId: "c" }, { value: "", raw: null });
    expect(bound).toEqual([
      "codes|sealed|c|o|i|0",
      "codes|sealed|c|import|m|0",
      "code_conflicts|sealed|x|c",
    ]);
  });
});

describe("a new seal", () => {
  it("holds the same, in the same place", async () => {
    const code = { value: "code", raw: { code: "code" } };
    const sealed = sealCode(sealer, place, code);
    const fresh = await resealCode(sealer, place, sealed);
    expect(fresh).not.toBe(sealed);
    expect(await openCode(sealer, place, fresh)).toEqual(code);
    const later = { conflictId: "x", codeId: "c" };
    const kept = await resealConflict(sealer, later, sealConflict(sealer, later, code));
    expect(await openConflict(sealer, later, kept)).toEqual(code);
  });

  it("is refused where the old one doesn't open, or the new one wouldn't", async () => {
    const sealed = sealCode(sealer, place, { value: "code", raw: null });
    await expect(resealCode(sealer, imported, sealed)).rejects.toThrow(SealError);
    const broken = {
      ...sealer,
      seal: () => sealCode(sealer, place, { value: "other", raw: null }),
    };
    await expect(resealCode(broken, place, sealed)).rejects.toThrow("doesn't open");
  });
});

describe("placeOf", () => {
  const row = { id: "c", orderId: null, itemId: null, importId: null, position: 0 };

  it("knows a row's source", () => {
    expect(placeOf({ ...row, ...source })).toEqual(place);
    expect(placeOf({ ...row, importId: "m" })).toEqual(imported);
    expect(() => placeOf(row)).toThrow("no source");
  });
});
