import { describe, expect, test } from "vitest";
import type { Json } from "../port.ts";
import { mapOrder } from "./map-order.ts";

const KEY = "key-1234567890";
const redacted = (answer: { [key: string]: Json }) =>
  mapOrder({ id: "o-1", ...answer }, KEY)?.redacted;

describe("a redacted order", () => {
  test("shows what is known to be harmless and masks each entry", () => {
    const answer: Json = {
      status: "completed",
      totalPrice: 1.5,
      isMock: true,
      createdAt: "2026-03-01T12:00:00Z",
      items: [
        {
          id: "line-1",
          product: { id: "product_a", name: "Card", attributes: { region: "US" } },
          quantity: 3,
          error: null,
          externalData: [
            "AAAA-1111-22",
            { code: "BBBB", pin: "1234" },
            { codes: ["C"] },
            { qr: "LPA" },
          ],
        },
      ],
    };
    expect(redacted(answer)).toEqual({
      id: "o-1",
      status: "completed",
      totalPrice: 1.5,
      isMock: true,
      createdAt: "2026-03-01T12:00:00Z",
      items: [
        {
          id: "line-1",
          product: { id: "product_a", name: "Card", attributes: "•••• (1 field)" },
          quantity: 3,
          error: null,
          externalData: [
            "•••• (12 characters)",
            "•••• (4 characters)",
            "•••• (1 character)",
            "•••• (12 characters)",
          ],
        },
      ],
    });
  });

  test("hides everything under names it does not know, at any depth", () => {
    const secret = "SECRET-CODE-1";
    const answer: Json = {
      deliveredCodes: [secret],
      voucher: secret,
      number: 4242424242424242,
      note: { password: secret },
      data: { externalData: [secret], deep: { [secret]: secret } },
      items: [
        {
          codes: [secret],
          pin: 12345678,
          serial: secret,
          external_data: [secret],
          ExternalData: secret,
        },
        { product: { id: "p", externalData: { codes: [secret] }, license: [[[secret]]] } },
        [secret],
        secret,
      ],
    };
    const text = JSON.stringify(redacted(answer));
    expect(text).not.toContain("SECRET");
    expect(text).not.toMatch(/4242|12345678/);
    expect(redacted({ voucher: secret, deliveredCodes: [secret] })).toMatchObject({
      voucher: "•••• (13 characters)",
      deliveredCodes: "•••• (1 entry)",
    });
  });

  test("hides a code that is repeated elsewhere, also as part of a text, a number or a name", () => {
    const answer: Json = {
      status: "active",
      name: `${"x".repeat(490)}LONG-CODE-1234567890`,
      "AAAA-1111": true,
      items: [
        {
          error: "AAAA-1111 was used; AAAA-1111-22 was not",
          externalData: ["AAAA-1111", "AAAA-1111-22", { pin: 87654321 }],
        },
        {
          quantity: 87654321,
          name: "for 87654321",
          externalData: { a: { b: ["LONG-CODE-1234567890"] } },
        },
      ],
    };
    const text = JSON.stringify(redacted(answer));
    expect(text).not.toMatch(/AAAA|1111|87654321|LONG/);
    expect(text).toContain("•••• (9 characters) was used; •••• (12 characters) was not");
  });

  test("a status word inside an entry does not hide the status", () => {
    const answer: Json = {
      status: "active",
      items: [{ externalData: [{ iccid: "8901", status: "active" }] }],
    };
    expect(redacted(answer)).toMatchObject({ status: "active" });
  });

  test("hides the API key wherever it is echoed", () => {
    const answer: Json = { status: KEY, name: `key ${KEY}!`, [KEY]: KEY, items: [{ error: KEY }] };
    expect(JSON.stringify(redacted(answer))).not.toContain(KEY);
  });

  test("can be stored and copied: no NUL, no half characters, no __proto__", () => {
    const answer = JSON.parse(
      '{"__proto__":{"name":"x"},"__pro\\u0000to__":1,"na\\u0000me":"a\\u0000b\\ud800","items":[{"__proto__":null}],"constructor":1}',
    ) as { [key: string]: Json };
    const seen = redacted(answer);
    expect(JSON.stringify(seen)).not.toMatch(/__proto__|\\u0000|\\ud800/i);
    expect({ ...(seen as object) }).not.toHaveProperty("name.name");
  });

  test("fails closed when there is more to search for than time to do it", () => {
    const externalData = Array.from({ length: 20_000 }, (_, at) => `code-${at}`);
    const answer: Json = { name: "mentions code-7", items: [{ externalData }] };
    expect(redacted(answer)).toMatchObject({ name: "•••• (15 characters)" });
  });

  test("the largest real order still shows its names", () => {
    const items = Array.from({ length: 10 }, (_, line) => ({
      id: `line-${line}`,
      product: { id: "product_a", name: "Gift card", slug: "gift-card" },
      externalData: Array.from({ length: 300 }, (_, at) => ({
        code: `CODE-${line}-${at}`,
        pin: `PIN-${line}-${at}`,
        serial: `S-${line}-${at}`,
      })),
    }));
    const seen = JSON.stringify(redacted({ items }));
    expect(seen.match(/Gift card/g)).toHaveLength(10);
    expect(seen).not.toContain("CODE-");
  });
});
