import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { OPERATIONS, type Operation } from "#lib/api/operations.ts";
import { stockOf } from "#lib/codes/stocked.fixture.ts";
import { announce } from "#lib/events/announce.ts";
import { createLog } from "#lib/platform/log.ts";
import { createProduct, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ask, keyWith, serveApi, settled } from "./api.fixture.ts";

/** Requests in all; a hundred thousand with KEYHOLD_API_REQUESTS=100000. */
const REQUESTS = Number(process.env.KEYHOLD_API_REQUESTS ?? 2_000);
const AT_ONCE = 8;

const { db, url: databaseUrl, drop } = await createTestDatabase();
const lines: string[] = [];
const log = createLog("warn", [], (line) => lines.push(line));
const busy = { class: "transient", code: null, detail: "busy", httpStatus: 503 } as const;
const supplier = scriptedSupplier({
  createOrder: async () => ({ kind: "refused", refusal: busy }),
});
const ctx = { ...(await testContext(db, supplier)), log };
const api = await serveApi(ctx, databaseUrl);
afterAll(async () => {
  await api.close();
  await drop();
});

const SECRET = "CANARY-CODE-7311";
const product = await createProduct(db, ctx.account.id);
const noted = await createProduct(db, ctx.account.id, {
  noteFields: [{ name: "login", type: "string", options: [] }],
});
const done = { status: "completed", nextPollAt: null, finishedAt: new Date() } as const;
const stock = await stockOf(ctx, [SECRET], { ...done, customerRef: "shop-1" });
await db.$transaction((tx) =>
  announce(
    tx,
    ctx,
    [
      {
        ...{ type: "alert.opened", version: 1, subject: "s", orderId: null, isMock: false },
        ...{ productIds: [], data: { key: "k", subject: "s", orderId: null, data: {} } },
      },
    ],
    new Date(),
  ),
);
await db.$executeRawUnsafe("alter table events disable trigger events_kept");
await db.$executeRaw`update events set data = data || jsonb_build_object('openedAt', '2026-11-22T12:00:00.000Z')`;

const whole = await keyWith(ctx);
const blind = await keyWith(ctx, ["orders:write", "orders:read", "balance:read", "events:read"]);

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    ...["", "0", "-1", "1e9", "null", "NaN", "true", "\u0000", "%00", "../..", "' or 1=1 --"],
    ...["<script>", "{{7*7}}", "__proto__", "constructor", "x".repeat(5_000), "\ud800", "😀"],
    ...[
      "99999999999999999999",
      "2026-13-45T99:99:99Z",
      "9999-12-31T23:59:59Z",
      "0001-01-01T00:00:00Z",
    ],
  ),
);
const good = fc.constantFrom(
  ...[
    stock.orderId,
    product.id,
    product.externalId,
    noted.externalId,
    "shop-1",
    "10",
    "2026-11-22T00:00:00Z",
  ],
  ...["completed", "SUCCESS", "order.created", "true", "0-0"],
);
const word = fc.oneof(good, hostile);

const item = fc.record(
  {
    itemId: fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: fc.jsonValue() }),
    quantity: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.jsonValue()),
    note: fc.oneof(fc.record({ login: word }), fc.dictionary(word, fc.jsonValue(), { maxKeys: 3 })),
  },
  { requiredKeys: [] },
);
const order = fc.record(
  {
    items: fc.oneof(
      { weight: 5, arbitrary: fc.array(item, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
    customerRef: fc.oneof(word, fc.constant(null)),
    isMock: fc.oneof(fc.boolean(), word),
    maxTotalPrice: fc.oneof(fc.constantFrom("4.75", "100", "1"), word),
    refuseSimilar: fc.oneof(fc.boolean(), word),
    supplier: fc.oneof(fc.constant("foxreload"), word),
    extra: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const valid = fc.record({
  items: fc.constant([{ itemId: product.externalId, quantity: 1 }]),
  isMock: fc.constant(true),
});
const raw = fc.oneof(
  valid.map((body) => JSON.stringify(body)),
  order.map((body) => JSON.stringify(body)),
  order.map((body) => JSON.stringify(body).slice(0, -1)),
  fc.json(),
  fc.string({ maxLength: 200 }),
  fc.constantFrom("[".repeat(50_000), `{"a":${"1".repeat(70_000)}}`, '{"__proto__":{"x":1}}'),
);
/** What a header can hold at all. */
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((n) => String.fromCharCode(n)),
  maxLength: 40,
});

const request = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  method: fc.option(fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"), { freq: 9 }),
  id: fc.oneof(
    { weight: 3, arbitrary: fc.constant(stock.orderId) },
    { weight: 1, arbitrary: word },
  ),
  query: fc.array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          "status",
          "limit",
          "after",
          "type",
          "state",
          "search",
          "wait",
          "createdFrom",
          "createdBefore",
          "customerRef",
          "orderId",
          "itemId",
          "inStock",
          "region",
        ),
        hostile,
      ),
      word,
    ),
    { maxLength: 3 },
  ),
  isPlain: fc.boolean(),
  raw,
  key: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(whole.key, blind.key) },
    { weight: 1, arbitrary: headerText },
  ),
  idempotency: fc.oneof({ weight: 6, arbitrary: fc.uuid() }, { weight: 1, arbitrary: headerText }),
  contentType: fc.option(headerText, { freq: 12 }),
  accept: fc.option(headerText, { freq: 12 }),
});

type Generated = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

function pathOf({ operation, id, query, isPlain }: Generated): string {
  const path = operation.path.replace("{id}", encodeURIComponent(cleaned(id)));
  const pairs = isPlain
    ? []
    : query.filter(([name, text]) => !(name === "wait" && Number(text) > 0));
  const text = pairs
    .map((pair) => pair.map((part) => encodeURIComponent(cleaned(part))).join("="))
    .join("&");
  return text ? `${path}?${text}` : path;
}

/** Half a character can't be written into an address. */
const cleaned = (text: string): string => text.replace(/\p{Cs}/gu, "�");

const statuses = new Map<number, number>();

async function send(asked: Generated): Promise<void> {
  const { operation, key, raw: body, idempotency, contentType, accept } = asked;
  const own = (operation as Operation).method.toUpperCase();
  const method = asked.method ?? own;
  const reply = await ask(api.url, key, pathOf(asked), {
    method,
    ...(method === "GET" ? {} : { raw: body }),
    headers: {
      "idempotency-key": idempotency,
      ...(contentType === null || method === "GET" ? {} : { "content-type": contentType }),
      ...(accept === null ? {} : { accept }),
    },
  });
  statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
  expect(reply.status, `${method} ${pathOf(asked)} ${reply.text}`).toBeLessThan(500);
  // Beside the one answer that is made for them, a code or a key stands nowhere.
  const isCodes = operation.id === "getCodes" && key === whole.key && reply.status === 200;
  if (!isCodes) expect(reply.text).not.toContain(SECRET);
  expect(reply.text).not.toContain(whole.key);
  expect(reply.text).not.toMatch(/node_modules|\.ts:\d+|prisma|postgres|select |at Object\./i);
}

it(
  `answers ${REQUESTS} generated requests as the document says, and none with a fault of its own`,
  async () => {
    let sent = 0;
    while (sent < REQUESTS) {
      const batch = fc.sample(request, {
        numRuns: Math.min(200, REQUESTS - sent),
        seed: 7_311 + sent,
      });
      for (let at = 0; at < batch.length; at += AT_ONCE) {
        await Promise.all(batch.slice(at, at + AT_ONCE).map(send));
      }
      sent += batch.length;
      await settled();
    }
    expect([...statuses.keys()].sort()).toEqual(
      expect.arrayContaining([200, 201, 401, 403, 404, 405, 406, 415, 422]),
    );
    expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    expect(lines.join("")).not.toContain(SECRET);
  },
  Math.max(120_000, REQUESTS * 60),
);
