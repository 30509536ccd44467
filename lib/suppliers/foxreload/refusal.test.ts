import { expect, test } from "vitest";
import { calls, connectTo, json, serve } from "./raw-supplier.fixture.ts";

test.each([
  ["7", 7_000],
  ["0", 1_000],
  ["1000000000", 3_600_000],
  ["-5", undefined],
  ["soon", undefined],
  ["", undefined],
  [null, undefined],
  ["Sun, 01 Mar 2026 12:00:42 GMT", 42_000],
  ["Sun, 01 Mar 2026 11:00:00 GMT", 1_000],
  ["Mon, 02 Mar 2026 12:00:00 GMT", 3_600_000],
])("429 with Retry-After %j waits %s ms", async (header, retryAfterMs) => {
  const headers: Record<string, string> = header === null ? {} : { "retry-after": header };
  const server = await serve(json(429, { detail: "slow down" }, headers));
  for (const [, call] of calls) {
    const outcome = await call(connectTo(server.baseUrl));
    expect(outcome).toMatchObject({
      kind: "refused",
      refusal: { class: "rate_limited", httpStatus: 429 },
    });
    if (outcome.kind === "refused") expect(outcome.refusal.retryAfterMs).toBe(retryAfterMs);
  }
});

test("a refusal carries the supplier's code and words, cut, without the key", async () => {
  const detail = `No: key-123456 ${"x".repeat(1_000)}`;
  const server = await serve(json(400, { code: "BALANCE_NOT_ENOUGH", detail }));
  const outcome = await connectTo(server.baseUrl).getOrder("o-1");
  expect(outcome).toMatchObject({
    refusal: { class: "balance", code: "BALANCE_NOT_ENOUGH", httpStatus: 400 },
  });
  const said = outcome.kind === "refused" ? outcome.refusal.detail : "";
  expect(said).toHaveLength(500);
  expect(said).toMatch(/^No: •••• x+…$/);
});

test("a list of problems becomes one line", async () => {
  const detail = [
    { loc: ["body", "items", 0, "quantity"], msg: "too many", input: "secret" },
    { loc: ["body", "items", 0, "note", "login"], msg: "missing" },
  ];
  const server = await serve(json(422, { detail }));
  expect(await connectTo(server.baseUrl).getOrder("o-1")).toMatchObject({
    refusal: {
      class: "validation",
      detail: "items.0.quantity: too many; items.0.note.login: missing",
    },
  });
});
