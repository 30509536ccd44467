import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cpuMs } from "#lib/platform/cpu-ms.fixture.ts";
import { readErrorBody } from "../http/error-body.ts";
import { type Body, type Exchange, judge } from "../http/outcome.ts";
import { parseJson } from "../http/parse-json.ts";
import { retryAfterMs } from "../http/retry-after.ts";
import type { Json } from "../port.ts";
import { KNOWN_CODES } from "./known-codes.ts";
import { readPage } from "./list-page.ts";
import { mapCategory } from "./map-category.ts";
import { mapProduct } from "./map-product.ts";
import { readOrderPage, startOf } from "./order-list-page.ts";
import {
  readBalances,
  readCreatedOrder,
  readOrder,
  readPayment,
  readProduct,
} from "./read-answers.ts";

const RUN = { seed: 20260301, numRuns: 2_000 };
const KEY = "key-1234567890";
const context = {
  readError: (json: Json) => readErrorBody(json, { codes: KNOWN_CODES, secrets: [KEY] }),
  now: new Date("2026-03-01T12:00:00Z"),
};

/** Every reading that an answer can be put to. */
const readers: ((json: Json) => unknown)[] = [
  (json) => readCreatedOrder(json, KEY),
  (json) => readOrder(json, "o-1", KEY),
  (json) => readPayment(json, "o-1", KEY),
  (json) => readProduct(json, "product_1", "USD"),
  (json) => readBalances(json),
  (json) => readPage(json, { mode: "offset", offset: 0 }, mapCategory),
  (json) => readOrderPage(json, startOf("paid"), KEY),
  (json) => readPage(json, { mode: "cursor", cursor: "x" }, (row) => mapProduct(row, "USD")),
];

/** Names that the adapter looks at, and names that trip careless code. */
const names = fc.constantFrom(
  ..."id status items product itemId productId quantity error externalData code codes pin price name slug".split(
    " ",
  ),
  ..."attributes requiredNoteFields noteFieldTypes noteFieldOptions currency available nextCursor total".split(
    " ",
  ),
  ..."order data item result results orders product note isMock".split(" "),
  ..."detail message loc msg createdAt totalPrice cancelReason isService deliveryType limit offset".split(
    " ",
  ),
  ..."__proto__ constructor prototype toString hasOwnProperty length then toJSON".split(" "),
);
const leaves = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    false,
    0,
    -1,
    1e300,
    1e-300,
    0.1,
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
  ),
  fc.constantFrom<Json>(
    "completed",
    "o-1",
    "product_1",
    "1.50",
    "1e9",
    "-0",
    "NaN",
    KEY,
    "2026-03-01T12:00:00Z",
  ),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.integer(),
  fc.constant("x".repeat(5_000)),
);
const trees = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaves,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.array(fc.tuple(names, tie("value")), { maxLength: 8 }).map(ownKeys),
  ),
})).value;

/** An object as JSON.parse makes it: `__proto__` is an ordinary key. */
function ownKeys(entries: [string, Json][]): Json {
  return Object.fromEntries(entries);
}

function expectUnharmed(): void {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).status).toBeUndefined();
}

describe("hostile answers", { timeout: 60_000 }, () => {
  test("no reading of any JSON throws, and no prototype changes", () => {
    fc.assert(
      fc.property(trees, (json) => {
        for (const read of readers) read(json);
      }),
      RUN,
    );
    expectUnharmed();
  });

  test("an order with anything in its fields is read, and shows none of its codes", () => {
    const secret = "SECRET-CODE-12345";
    const withSecret = fc
      .tuple(trees, trees)
      .map(([a, b]): Json => [a, secret, { code: secret, also: b }]);
    const items = fc.array(
      fc.tuple(trees, trees, withSecret).map(([product, error, externalData]): Json => {
        return { product, error: [error, secret], note: secret, externalData };
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(items, trees, (lines, anything) => {
        const read = readCreatedOrder(
          { id: "o-1", status: "completed", items: lines, reason: anything, cancelReason: secret },
          KEY,
        );
        if (!read.ok) throw new Error(read.problem);
        const { items: mapped, ...shown } = read.value;
        expect(mapped.map(({ codes }) => codes.filter(({ value }) => value === secret))).toEqual(
          lines.map(() => [expect.anything(), expect.anything()]),
        );
        const text = JSON.stringify([shown, mapped.map(({ codes: _, ...rest }) => rest)]);
        expect(text).not.toContain(secret);
        expect(text).not.toContain(KEY);
      }),
      { ...RUN, numRuns: 1_000 },
    );
  });

  test("every exchange has an outcome, and only a readable 2xx is accepted", () => {
    const bodies: fc.Arbitrary<Body> = fc.oneof(
      trees.map((json) => ({ kind: "json" as const, json })),
      fc.constant({ kind: "unreadable" as const, problem: "cut off" }),
    );
    const exchanges: fc.Arbitrary<Exchange> = fc.record({
      kind: fc.constant("answered" as const),
      status: fc.integer({ min: 100, max: 999 }),
      retryAfter: fc.option(fc.string(), { nil: null }),
      date: fc.option(fc.string(), { nil: null }),
      firstByteAt: fc.constant(context.now),
      body: bodies,
    });
    fc.assert(
      fc.property(exchanges, fc.boolean(), (exchange, isWrite) => {
        const as = { ...context, isWrite };
        const outcome = judge(exchange, (json) => readCreatedOrder(json, KEY), as);
        const status = exchange.kind === "answered" ? exchange.status : 0;
        if (outcome.kind === "accepted") expect(Math.floor(status / 100)).toBe(2);
        if (outcome.kind === "refused") {
          expect(Math.floor(status / 100)).toBe(4);
          expect(outcome.refusal.detail.length).toBeLessThanOrEqual(500);
          if (status !== 429) expect(outcome.refusal.retryAfterMs).toBeUndefined();
        }
        expect(JSON.stringify(outcome.kind === "accepted" ? null : outcome)).not.toContain(KEY);
      }),
      RUN,
    );
  });

  test("any Retry-After that says anything waits between 1 s and 1 h", () => {
    const headers = fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String));
    fc.assert(
      fc.property(headers, (header) => {
        const waitMs = retryAfterMs(header, context.now);
        if (waitMs === null) return;
        expect(waitMs).toBeGreaterThanOrEqual(1_000);
        expect(waitMs).toBeLessThanOrEqual(3_600_000);
      }),
      RUN,
    );
  });

  test("the largest answers of each kind take no time to speak of", () => {
    const filled = (element: string) =>
      `[${`${element},`.repeat(Math.floor(1_000_000 / (element.length + 1)))}0]`;
    const answers = [
      `{"id":"o-1","items":[{"externalData":${filled('"abcd"')}}]}`,
      `{"id":"o-1","items":[{"externalData":[{"codes":${filled("1")},"guide":"x"}]}]}`,
      `{"id":"o-1","items":${filled("0")}}`,
      `{"id":"o-1","items":${filled("{}")}}`,
      `{"id":"o-1","items":[${filled('{"name":"x","error":"y"}')}]}`,
      `{"items":${filled("null")}}`,
      filled('{"id":""}'),
      `{"detail":${filled('{"loc":["a"],"msg":"b"}')}}`,
      `{"id":"product_1","price":1,"requiredNoteFields":${filled('"a"')},"attributes":${filled("{}")}}`,
      filled("1.10"),
    ];
    for (const answer of answers) {
      const parsed = within(3_000, () => parseJson(answer));
      if (!parsed.ok) throw new Error(parsed.problem);
      for (const read of readers) within(3_000, () => read(parsed.json));
    }
  });
});

/** Ten times what is measured; quadratic work would take minutes. */
function within<T>(limitMs: number, work: () => T): T {
  let result: T | undefined;
  expect(
    cpuMs(() => {
      result = work();
    }),
  ).toBeLessThan(limitMs);
  return result as T;
}
