import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#lib/platform/json.ts";
import { createSealer } from "#lib/platform/seal.ts";
import { openCode, openConflict, sealCode, sealConflict } from "./code-seal.ts";

const sealer = createSealer([{ id: "k1", key: randomBytes(32) }]);
const place = { codeId: "c", orderId: "o", itemId: "i", position: 0 };

describe("sealCode and openCode", () => {
  it("give back any code and its entry exactly as sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (value, raw) => {
        const sent = { value, raw: JSON.parse(JSON.stringify(raw)) as Json };
        expect(openCode(sealer, place, sealCode(sealer, place, sent))).toEqual(sent);
      }),
    );
  });

  it.each([
    ["row", { codeId: "other" }],
    ["order", { orderId: "other" }],
    ["item", { itemId: "other" }],
    ["position", { position: 1 }],
  ])("don't open in another %s", (_, elsewhere) => {
    const sealed = sealCode(sealer, place, { value: "code", raw: "code" });
    expect(() => openCode(sealer, { ...place, ...elsewhere }, sealed)).toThrow();
  });

  it("don't take what a place showed later for what it showed first", () => {
    const later = { conflictId: "c", codeId: "c" };
    const sealed = sealConflict(sealer, later, { value: "code", raw: null });
    expect(openConflict(sealer, later, sealed)).toEqual({ value: "code", raw: null });
    expect(() => openCode(sealer, place, sealed)).toThrow();
    expect(() => openConflict(sealer, { ...later, codeId: "d" }, sealed)).toThrow();
    expect(() => openConflict(sealer, { ...later, conflictId: "d" }, sealed)).toThrow();
  });
});
