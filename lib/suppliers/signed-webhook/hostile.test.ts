import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "#lib/platform/cpu-ms.fixture.ts";
import type { Json } from "../port.ts";
import { configured, KEY } from "./mapped.fixture.ts";
import { readCatalog } from "./products.ts";
import { readBalances, readCreated, readFound, readOrder } from "./read-answers.ts";
import { newsReader } from "./read-news.ts";
import { orderReader } from "./read-order.ts";

const RUN = { seed: 20260301, numRuns: 3_000 };
const config = configured({ tells: "all", fields: { codes: "codes|delivery.cards" } });
const reader = orderReader(config, [KEY]);
const readNews = newsReader(config, reader);

const names = fc.constantFrom(
  ..."order_id id reference status items sku quantity codes code pin serial error reason".split(
    " ",
  ),
  ..."event event_id timestamp data orders products price balance currency total delivery".split(
    " ",
  ),
  ..."__proto__ constructor prototype toString hasOwnProperty length then toJSON".split(" "),
);
const leaves = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e300, "", " ", "\0", "\ud800", "\u202e", KEY),
  fc.constantFrom<Json>("o-1", "ref-1", "fulfilled", "order.fulfilled", "USD", "1.50", "1e9"),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.integer(),
);
const trees = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaves,
    fc.array(tie("value"), { maxLength: 5 }),
    // As JSON.parse makes it: `__proto__` is an ordinary key.
    fc
      .array(fc.tuple(names, tie("value")), { maxLength: 8 })
      .map((entries): Json => Object.fromEntries(entries)),
  ),
})).value;

test("no reading of any JSON throws, and no prototype changes", () => {
  fc.assert(
    fc.property(trees, (json) => {
      readCreated(json, reader, "ref-1");
      readOrder(json, reader, "o-1");
      readFound(json, reader, config.fields, "ref-1");
      readBalances(json, config);
      readCatalog(json, config);
      readNews(Buffer.from(JSON.stringify(json)));
    }),
    RUN,
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("a search that says none was shown an empty list", () => {
  fc.assert(
    fc.property(trees, (json) => {
      const read = readFound(json, reader, config.fields, "ref-1");
      if (read.ok && read.value === null) expect(JSON.stringify(json)).toContain("[]");
    }),
    RUN,
  );
});

test("codes never show in what is shown, wherever else they are repeated", () => {
  const secret = "SECRET-CODE-12345";
  fc.assert(
    fc.property(trees, trees, trees, (beside, within, error) => {
      const json: Json = {
        order_id: "o-1",
        status: "fulfilled",
        reason: `why ${secret}`,
        [secret]: beside,
        items: [{ sku: secret, error: [error, secret], codes: [{ code: secret, within }] }],
        beside: [beside, secret],
      };
      const told = reader.from(json);
      const { items = [], ...shown } = told?.order ?? {};
      const rest = items.map(({ codes: _, productId: __, ...item }) => item);
      expect(items[0]?.codes[0]?.value).toBe(secret);
      expect(JSON.stringify([shown, rest])).not.toContain(secret);
      expect(JSON.stringify([shown, rest])).not.toContain(KEY);
    }),
    { ...RUN, numRuns: 1_500 },
  );
});

test("the largest messages take no time to speak of", () => {
  const many = (element: string) => `[${`${element},`.repeat(250_000 / (element.length + 1))}0]`;
  const bodies = [
    `{"event":"order.fulfilled","data":{"order_id":"o","items":[{"codes":${many('"abcd"')}}]}}`,
    `{"event":"order.fulfilled","data":{"order_id":"o","items":[{"codes":${many('{"code":"abcdefg"}')}}]}}`,
    `{"event":"order.fulfilled","data":{"order_id":"o","items":${many("{}")}}}`,
    `{"event":"order.fulfilled","data":{"order_id":"o","reason":${many('"abcdef"')}}}`,
  ];
  for (const body of bodies) {
    expect(cpuMs(() => readNews(Buffer.from(body)))).toBeLessThan(3_000);
  }
});

test.each([
  [{ uuid: "o-1", reference: "ref-1", items: [] }],
  [{ uuid: "o-1", status: "pending", items: [] }],
])("an order that can't be read is no empty list: %j", (json) => {
  expect(readFound(json, reader, config.fields, "ref-1").ok).toBe(false);
});

test.each([[[]], [{ status: "ok", data: [] }], [{ items: [] }]])("%j is an empty list", (json) => {
  expect(readFound(json, reader, config.fields, "ref-1")).toEqual({ ok: true, value: null });
});
