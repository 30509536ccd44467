import { describe, expect, test } from "vitest";
import type { InboundHeaders } from "../inbound.ts";
import type { SupplierTraits } from "../port.ts";
import { NOW } from "./script.fixture.ts";
import { CODE, KEY, ORDER_ID, REFERENCE, type Subject } from "./subject.fixture.ts";

export const headersOf = (headers: Record<string, string>): InboundHeaders => ({
  get: (name) => headers[name.toLowerCase()] ?? null,
});

/** What holds for every supplier that calls us. */
export function describePush({ name, words, push }: Subject, traits: SupplierTraits): void {
  describe(`${name}: messages`, () => {
    test("are taken where the traits say so", () => {
      expect(push !== undefined).toBe(traits.push !== "none");
    });
    if (!push) return;
    const { inbound, message } = push;
    const codes = traits.codes === "none" ? [] : [CODE];
    const word = words.completed ?? "";
    const { raw, headers } = message({ word, codes, reference: REFERENCE });

    test("are proved by their very bytes", () => {
      expect(inbound.verify(raw, headersOf(headers), NOW)).toMatchObject({ kind: "verified" });
      for (let at = 0; at < raw.length; at += 3) {
        const changed = Buffer.from(raw);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(inbound.verify(changed, headersOf(headers), NOW).kind, `byte ${at}`).toBe("refused");
      }
      expect(inbound.verify(raw, headersOf({}), NOW).kind).toBe("refused");
    });

    test("say which order is meant, and all of it only where that is trusted", () => {
      const news = inbound.read(raw);
      expect(news).toMatchObject({ kind: "order", reference: REFERENCE });
      if (news.kind !== "order") return;
      expect([ORDER_ID, null]).toContain(news.supplierOrderId);
      if (traits.push === "thin") expect(news.order).toBeNull();
      if (traits.push !== "full") return;
      expect(news.order).toMatchObject({ state: "completed", supplierOrderId: ORDER_ID });
      const { order, ...hint } = news;
      expect(order?.items.flatMap((item) => item.codes.map(({ value }) => value))).toEqual(codes);
      const shown = JSON.stringify([hint, order?.redacted, order?.word, order?.cancelReason]);
      expect(shown).not.toContain(CODE);
      expect(shown).not.toContain(KEY);
    });

    test.each(["", "null", "[]", "{", '"x"', "{}", "\ufeff{}", "\0", "[".repeat(100_000)])(
      "without sense are unreadable, and break nothing: %#",
      (text) => {
        expect(inbound.read(Buffer.from(text)).kind).toBe("unreadable");
      },
    );
  });
}
