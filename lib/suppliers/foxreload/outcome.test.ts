import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { outcomeTable } from "../http/outcome.ts";
import { pastDeadline } from "../http/past-deadline.fixture.ts";
import { answer, type Reply } from "../http/raw-server.fixture.ts";
import {
  calls,
  connectTo,
  DEADLINE_MS,
  json,
  NOW,
  ORDER,
  send,
  sendAndEnd,
  serve,
  short,
  silence,
} from "./raw-supplier.fixture.ts";

const reset: Reply = (socket) => socket.resetAndDestroy();

type Row = [condition: string, reply: Reply, expected: Expected, ends?: "at its deadline"];
type Expected = string | { read: string; write: string };

const html = "<html><body>Bad gateway</body></html>";

/** What a proxy may have said without the supplier refuses a read only. */
function unlessWrite(read: string): Expected {
  return { read, write: "unknown" };
}

const rows: Row[] = [
  // Sent, nothing usable came back.
  ["reset after the request", reset, "unknown"],
  ["closed after the request", (socket) => socket.end(), "unknown"],
  ["no answer in time", silence, "unknown", "at its deadline"],
  ["garbage instead of HTTP", sendAndEnd("SSH-2.0-OpenSSH_9.2\r\n"), "unknown"],
  ["cut off in the status line", sendAndEnd("HTTP/1.1 20"), "unknown"],
  ["cut off in the headers", sendAndEnd("HTTP/1.1 200 OK\r\ncontent-le"), "unknown"],
  [
    "an unasked upgrade",
    sendAndEnd("HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"),
    "unknown",
  ],
  ["only 100 Continue", sendAndEnd("HTTP/1.1 100 Continue\r\n\r\n"), "unknown"],
  ["endless headers", send(`HTTP/1.1 200 OK\r\n${"x-a: b\r\n".repeat(10_000)}`), "unknown"],

  // 2xx.
  ["200 with the order", send(answer(200, ORDER)), "accepted"],
  ["201 with the order", send(answer(201, ORDER)), "accepted"],
  [
    "200 after early hints",
    send(`HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${answer(200, ORDER)}`),
    "accepted",
  ],
  ["200 as plain text", send(answer(200, ORDER, { "content-type": "text/plain" })), "accepted"],
  [
    "200 with encoding identity",
    send(answer(200, ORDER, { "content-encoding": "identity" })),
    "accepted",
  ],
  ["200 with a byte order mark", send(answer(200, `\uFEFF${ORDER}`)), "accepted"],
  ...["order", "data", "item", "result"].map(
    (name): Row => [
      `200 with the order in \`${name}\``,
      json(200, { success: true, [name]: JSON.parse(ORDER) }),
      "accepted",
    ],
  ),
  ["200, an error beside an order", json(200, { error: "no", data: JSON.parse(ORDER) }), "unknown"],
  ["204", sendAndEnd("HTTP/1.1 204 No Content\r\n\r\n"), "unknown"],
  ["200, empty", send(answer(200, "")), "unknown"],
  ["200, blank", send(answer(200, "  \r\n")), "unknown"],
  ["200, HTML", send(answer(200, html, { "content-type": "text/html" })), "unknown"],
  ["200, cut off by close", sendAndEnd(answer(200, ORDER).slice(0, -5)), "unknown"],
  [
    "200, cut off in a chunk",
    sendAndEnd('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1e\r\n{"id":'),
    "unknown",
  ],
  [
    "200, half the JSON without a length",
    sendAndEnd('HTTP/1.1 200 OK\r\n\r\n{"id":"o-1"'),
    "unknown",
  ],
  ["200, stalls in the body", send(answer(200, ORDER).slice(0, -5)), "unknown", "at its deadline"],
  [
    "200, not UTF-8",
    (socket) =>
      socket.write(
        Buffer.from(
          answer(200, '{"id":"o-1","x":"\u00e9"}').replace(
            "content-length: 21",
            "content-length: 20",
          ),
          "latin1",
        ),
      ),
    "unknown",
  ],
  [
    "200, nested 100,000 deep",
    send(answer(200, `{"id":"o-1","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`)),
    "unknown",
  ],
  [
    "200, larger than 1 MB",
    send(answer(200, `{"id":"o-1","x":"${"x".repeat(1024 * 1024)}"}`)),
    "unknown",
  ],
  [
    "200, gzip",
    (socket) => {
      const body = gzipSync(ORDER);
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`,
      );
      socket.write(body);
    },
    "unknown",
  ],
  ["200, says it is Brotli", send(answer(200, ORDER, { "content-encoding": "br" })), "unknown"],
  ["200, an error", json(200, { code: "BALANCE_NOT_ENOUGH", detail: "top up" }), "unknown"],

  // Neither yes nor no.
  ...[301, 302, 303, 304, 307, 308].map(
    (status): Row => [
      `${status}`,
      sendAndEnd(
        `HTTP/1.1 ${status} X\r\nlocation: /api/orders/elsewhere\r\ncontent-length: 0\r\n\r\n`,
      ),
      "unknown",
    ],
  ),
  ...[500, 501, 502, 503, 504, 520, 599].map(
    (status): Row => [
      `${status}`,
      json(status, { code: "BALANCE_NOT_ENOUGH", detail: "said under a wrong status" }),
      "unknown",
    ],
  ),
  ["408", json(408, { code: "NOT_FOUND", detail: "x" }), "unknown"],
  ["425", json(425, { detail: "x" }), "unknown"],
  ["409", json(409, { code: "SOMETHING_ELSE", detail: "x" }), "unknown"],
  ["409, HTML", send(answer(409, html)), "unknown"],

  // 401, 403, 404, 429 say no to a read whatever the body, to a write only in the supplier's words.
  ["401", json(401, { detail: "Invalid API key" }), "auth"],
  ["403", json(403, { code: "FORBIDDEN", detail: "No" }), "auth"],
  ["401, empty", send(answer(401, "")), unlessWrite("auth")],
  ["401, cut off", sendAndEnd(answer(401, ORDER).slice(0, -5)), unlessWrite("auth")],
  ["401, somebody else's JSON", json(401, { status: "fail" }), unlessWrite("auth")],
  ["403, HTML", send(answer(403, html)), unlessWrite("auth")],
  ["403, gzip", send(answer(403, "x", { "content-encoding": "gzip" })), unlessWrite("auth")],
  ["404", json(404, { code: "NOT_FOUND", detail: "No such order" }), "not_found"],
  ["404, HTML", send(answer(404, html)), unlessWrite("not_found")],
  ["404, empty", send(answer(404, "")), unlessWrite("not_found")],
  ["429", json(429, { code: "TOO_MANY_REQUESTS", detail: "x" }), "rate_limited"],
  ["429, empty", send(answer(429, "")), unlessWrite("rate_limited")],
  ["429, HTML", send(answer(429, html)), unlessWrite("rate_limited")],
  ["429, HTML, Retry-After", send(answer(429, html, { "retry-after": "5" })), "rate_limited"],

  // Documented codes, in both spellings, under any 4xx.
  ["BALANCE_NOT_ENOUGH", json(400, { code: "BALANCE_NOT_ENOUGH", detail: "x" }), "balance"],
  ["BalanceNotEnough", json(402, { code: "BalanceNotEnough", detail: "x" }), "balance"],
  [
    "OFFER_PRICE_NOT_MATCHED",
    json(409, { code: "OFFER_PRICE_NOT_MATCHED", detail: "x" }),
    "price_changed",
  ],
  ["ORDER_ALREADY_EXISTS", json(409, { code: "ORDER_ALREADY_EXISTS", detail: "x" }), "conflict"],
  [
    "ORDER_PAYMENT_NOT_POSSIBLE",
    json(400, { code: "ORDER_PAYMENT_NOT_POSSIBLE", detail: "x" }),
    "payment_not_possible",
  ],
  ["NOT_FOUND under 400", json(400, { code: "NOT_FOUND", detail: "x" }), "not_found"],
  [
    "code inside detail",
    json(400, { detail: { code: "BALANCE_NOT_ENOUGH", message: "x" } }),
    "balance",
  ],
  ["OUT_OF_STOCK", json(409, { code: "OUT_OF_STOCK", detail: "x" }), "out_of_stock"],

  // Other 4xx.
  [
    "422, list of problems",
    json(422, { detail: [{ loc: ["body", "items", 0, "quantity"], msg: "too many" }] }),
    "validation",
  ],
  ["400, unknown code", json(400, { code: "WHATEVER", detail: "x" }), "validation"],
  ["400, message only", json(400, { message: "no" }), "validation"],
  ["402, unknown code", json(402, { code: "WHATEVER", detail: "x" }), "unknown class"],
  ["405", json(405, { detail: "Method Not Allowed" }), "unknown class"],
  ["418, error only", json(418, { error: "teapot" }), "unknown class"],
  ["400, empty", send(answer(400, "")), "unknown"],
  ["400, HTML", send(answer(400, html)), "unknown"],
  ["422, cut off", sendAndEnd(answer(422, '{"detail":"x"}').slice(0, -5)), "unknown"],
  ["400, somebody else's JSON", json(400, { status: "fail" }), "unknown"],
  ["400, a bare list", json(400, ["no"]), "unknown"],
  ["413, gzip", send(answer(413, '{"detail":"x"}', { "content-encoding": "gzip" })), "unknown"],
];

describe.each(calls)("%s", (name, call) => {
  test.each(rows)("%s", async (_, reply, expected, ends) => {
    const server = await serve(reply);
    const ask = () => call(connectTo(server.baseUrl));
    const asked = () => expect(server.requests).toHaveLength(1);
    const outcome = await (ends ? pastDeadline(DEADLINE_MS, ask, asked) : ask());
    const kind = name.startsWith("POST") ? "write" : "read";
    expect(short(outcome)).toBe(typeof expected === "string" ? expected : expected[kind]);
    expect(server.requests, "sent exactly once").toHaveLength(1);
    expect(outcome.timing?.firstByteAt).toEqual(NOW);
  });
});

describe("2xx whose body is JSON but not the order", () => {
  const bodies = [
    "{}",
    "null",
    "[]",
    "true",
    '"ok"',
    "5",
    '{"id":null}',
    '{"id":{}}',
    '{"id":""}',
    '[{"id":"o-1"}]',
  ];
  test.each(bodies)("%s", async (body) => {
    const server = await serve(send(answer(200, body)));
    const outcomes = await Promise.all(calls.map(([, call]) => call(connectTo(server.baseUrl))));
    // What a payment answers is undocumented, so any complete JSON accepts it, without an order.
    expect(outcomes.map(short)).toEqual(["unknown", "accepted", "unknown"]);
    expect(outcomes[1]).toMatchObject({ kind: "accepted", value: null });
  });

  test("an order under another id is not the one asked for, and no payment's order", async () => {
    const server = await serve(json(200, { id: "o-2", status: "completed" }));
    const [created, paid, got] = await Promise.all(
      calls.map(([, call]) => call(connectTo(server.baseUrl))),
    );
    expect(created).toMatchObject({ kind: "accepted", value: { supplierOrderId: "o-2" } });
    expect(paid).toMatchObject({ kind: "accepted", value: null });
    expect(got).toMatchObject({
      kind: "unknown",
      reason: "the answer is about another order",
      httpStatus: 200,
    });
  });
});

test("the rules that the rows above cover; a new rule needs new rows", () => {
  expect(outcomeTable.map(([when]) => when)).toEqual([
    "not sent",
    "sent, no status",
    "write, 401, 403, 404, foreign body",
    "write, 429, foreign body, no Retry-After",
    "401, 403",
    "429",
    "1xx, 3xx",
    "5xx and above",
    "408, 425",
    "2xx with what was asked for",
    "2xx without it",
    "4xx, known code",
    "404",
    "409, no known code",
    "4xx, foreign body",
    "400, 422",
    "other 4xx",
  ]);
});
