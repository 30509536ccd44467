import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "#lib/platform/cpu-ms.fixture.ts";
import type { Json } from "#lib/platform/json.ts";
import { type CodeParts, expiryOf, partsOf } from "./code-parts.ts";

const none: CodeParts = {
  code: null,
  pin: null,
  serial: null,
  expiry: null,
  url: null,
  esim: null,
  others: [],
};

/** As a supplier's entry becomes the value: its code, its pin, or its JSON text. */
const parts = (raw: Json, value = typeof raw === "string" ? raw.trim() : JSON.stringify(raw)) =>
  partsOf(value, raw);

describe("partsOf", () => {
  it.each<[string, Json, Partial<CodeParts>]>([
    ["a word", " ABCD-1234\n", { code: "ABCD-1234" }],
    ["a number", 12345678, { code: "12345678" }],
    ["code alone", { code: "A" }, { code: "A" }],
    ["pin alone", { pin: 1234 }, { pin: "1234" }],
    [
      "code, pin, serial",
      { code: "A", pin: "007", serial: 12 },
      { code: "A", pin: "007", serial: "12" },
    ],
    [
      "other spellings",
      { "Card Number": "A", card_pin: "1", serialNumber: "S", Expiry_Date: "31 Jan 2027" },
      {
        code: "A",
        pin: "1",
        serial: "S",
        expiry: { text: "31 Jan 2027", at: "2027-01-31T12:00:00.000Z" },
      },
    ],
    [
      "the better name",
      { key: "K", code: "C" },
      { code: "C", others: [{ label: "key", text: "K" }] },
    ],
    [
      "one of several, with what they share",
      { serial: "S", codes: [{ code: "B", pin: "2" }] },
      { code: "B", pin: "2", serial: "S" },
    ],
    ["one word of several", { serial: "S", codes: ["A"] }, { code: "A", serial: "S" }],
    [
      "an expiry that is no date",
      { code: "A", expiry: "soon" },
      { code: "A", expiry: { text: "soon", at: null } },
    ],
    [
      "an expiry in parts",
      { code: "A", exp_month: 2, exp_year: 28, name: "x" },
      {
        code: "A",
        expiry: { text: "02/2028", at: "2028-02-29T12:00:00.000Z" },
        others: [{ label: "name", text: "x" }],
      },
    ],
    [
      "parts of an expiry that are no date",
      { code: "A", exp_month: 13, exp_year: 2026 },
      {
        code: "A",
        others: [
          { label: "exp_month", text: "13" },
          { label: "exp_year", text: "2026" },
        ],
      },
    ],
    [
      "a page to redeem at",
      { code: "A", redeemUrl: "https://r.example/x" },
      { code: "A", url: "https://r.example/x" },
    ],
    ["nothing but a page", "https://r.example/x?y=1", { url: "https://r.example/x?y=1" }],
    ["JSON in a text", '{"code":"A","pin":"1"}', { code: "A", pin: "1" }],
    [
      "an account",
      { login: "a@b.example", password: "p:w=1" },
      {
        others: [
          { label: "login", text: "a@b.example" },
          { label: "password", text: "p:w=1" },
        ],
      },
    ],
    [
      "an unknown shape",
      { card: { issuer: "X", tags: ["a", true, null, " "] }, none: null },
      {
        others: [
          { label: "card › issuer", text: "X" },
          { label: "card › tags › 1", text: "a" },
          { label: "card › tags › 2", text: "true" },
        ],
      },
    ],
    [
      "many codes in one entry, of which none is the code",
      { codes: [{ code: "A" }, { code: "B" }] },
      {
        others: [
          { label: "codes › 1 › code", text: "A" },
          { label: "codes › 2 › code", text: "B" },
        ],
      },
    ],
  ])("%s", (_, raw, expected) => {
    expect(parts(raw)).toEqual({ ...none, ...expected });
  });

  it.each<[string, Partial<CodeParts>]>([
    ["Code: AB-12\nPIN: 0042\nSerial no: 7", { code: "AB-12", pin: "0042", serial: "7" }],
    ["code=AB-12|pin=1", { code: "AB-12", pin: "1" }],
    ["Code: AB-12, PIN: 1", { code: "AB-12", pin: "1" }],
    ["Code: A\r\n\r\nURL: https://r.example/x", { code: "A", url: "https://r.example/x" }],
    [
      "PIN: 1; Valid until: 2027-01-31",
      { pin: "1", expiry: { text: "2027-01-31", at: "2027-01-31T12:00:00.000Z" } },
    ],
  ])("lines with names: %j", (text, expected) => {
    expect(parts(text)).toEqual({ ...none, ...expected });
  });

  it.each([
    "a@b.example:hunter2",
    "Code: A PIN: B",
    "login: a; password: b",
    "AB;CD",
    "AB|CD",
    "https://user:pass@r.example/",
    "javascript:alert(1)",
    "{broken",
    ":=:",
    "LPA:2$x$y",
  ])("leaves %j whole", (text) => {
    expect(parts(text)).toEqual({ ...none, code: text });
  });

  it("shows no address as a page that isn't one", () => {
    const raw = { code: "A", url: "javascript:alert(1)" };
    expect(parts(raw)).toEqual({
      ...none,
      code: "A",
      others: [{ label: "url", text: "javascript:alert(1)" }],
    });
  });

  const lpa = "LPA:1$smdp.example.com$K2-ABC";
  const esim = {
    activation: lpa,
    address: "smdp.example.com",
    matchingId: "K2-ABC",
    iccid: null,
    confirmationCode: null,
  };

  it.each<[string, Json, Partial<CodeParts>]>([
    ["the string itself", lpa, { esim }],
    ["under any name", { foo: lpa }, { esim }],
    ["without its prefix", { qr: lpa.slice(4) }, { esim }],
    [
      "as activation code",
      { activationCode: lpa.slice(4), iccid: "89" },
      { esim: { ...esim, iccid: "89" } },
    ],
    [
      "in two halves",
      { "smdp+Address": "smdp.example.com", matching_id: "K2-ABC", confirmationCode: 12 },
      { esim: { ...esim, confirmationCode: "12" } },
    ],
    [
      "with all that is said twice",
      {
        iccid: "8901",
        smdpAddress: "smdp.example.com",
        activationCode: "K2-ABC",
        qrText: lpa,
        lpa,
        apn: "internet",
      },
      { esim: { ...esim, iccid: "8901" }, others: [{ label: "apn", text: "internet" }] },
    ],
    [
      "with a PIN to be asked for",
      `${lpa}$1.3.6$1`,
      { esim: { ...esim, activation: `${lpa}$1.3.6$1` } },
    ],
    ["one half only", { smdpAddress: "x" }, { others: [{ label: "smdpAddress", text: "x" }] }],
    [
      "not of a plain activation code",
      { activationCode: "K2-ABC", iccid: "89" },
      { code: "K2-ABC", others: [{ label: "iccid", text: "89" }] },
    ],
    ["not of a bare word", "1$a$b", { code: "1$a$b" }],
  ])("an eSIM: %s", (_, raw, expected) => {
    expect(parts(raw)).toEqual({ ...none, ...expected });
  });

  it("leaves whole what is too much to read", () => {
    const deep = `${'{"a":'.repeat(500)}1${"}".repeat(500)}`;
    for (const text of [deep, JSON.stringify(Array.from({ length: 2_000 }, (_, at) => at))]) {
      expect(partsOf(text, JSON.parse(text))).toEqual({ ...none, code: text });
    }
  });
});

describe("expiryOf", () => {
  it.each<[Json, string | null]>([
    ["ABCD", null],
    [{ code: "A" }, null],
    [{ code: "A", expiresAt: "2027-01-31" }, "2027-01-31"],
    [{ code: "A", expiry: 1_801_000_000 }, "2027-01-26"],
    [{ code: "A", expiry: "03/04/2027" }, null],
    [{ codes: ["A"], valid_until: "2027-01-31" }, "2027-01-31"],
    [{ codes: [{ code: "A", expiry: "2027-01-31" }] }, "2027-01-31"],
    [[{ expiry: "2027-01-31" }, { expiry: "2028-01-31" }], null],
    ["Code: A\nExpires: 2027-01-31", "2027-01-31"],
    // As the trade calls it.
    [{ code: "A", exp: "31.12.26" }, "2026-12-31"],
    [{ code: "A", Exp_Date: 20_270_131 }, "2027-01-31"],
    [{ code: "A", redeem_before: "2027-01-31" }, "2027-01-31"],
    [{ code: "A", "Use before": "2027-01-31" }, "2027-01-31"],
    [{ code: "A", redeemUntil: "2027-01-31" }, "2027-01-31"],
    ["Code: A; Exp: 12/26", "2026-12-31"],
    // In parts.
    [{ code: "A", exp_month: 12, exp_year: 2026 }, "2026-12-31"],
    [{ code: "A", expiryMonth: "02", expiryYear: "28" }, "2028-02-29"],
    [{ code: "A", exp: { month: 12, year: 2026 } }, "2026-12-31"],
    [{ code: "A", expiry: { day: 5, month: "Dec", year: 2026 } }, "2026-12-05"],
    [{ code: "A", exp_day: 31, exp_month: 2, exp_year: 2027 }, null],
    [{ code: "A", exp_month: 13, exp_year: 2026 }, null],
    [{ code: "A", exp_month: 12 }, null],
    [{ code: "A", exp_day: 5, exp_year: 2026 }, null],
    [
      {
        codes: [
          { exp_month: 1, exp_year: 2027 },
          { exp_month: 2, exp_year: 2027 },
        ],
      },
      null,
    ],
    // Said in one piece it counts, in parts only where it isn't.
    [{ expiry: "2027-01-31", exp_month: 12, exp_year: 2026 }, "2027-01-31"],
    // Durations, counters and flags are none.
    [{ code: "A", exp: 5_000 }, null],
    [{ code: "A", expired: false }, null],
    ['{"code":"A","expiry":"2027-01-31"}', "2027-01-31"],
    [null, null],
  ])("of %j is %s", (raw, day) => {
    expect(expiryOf(raw)?.toISOString().slice(0, 10) ?? null).toBe(day);
  });
});

describe("whatever is sent", () => {
  const names = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "code",
      "codes",
      "pin",
      "url",
      "expiry",
      "qr",
      "smdpAddress",
      "matchingId",
      "__proto__",
    ),
  );
  const texts = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constantFrom(
      "LPA:1$a.b$c",
      "1$a$b",
      "https://x.example",
      "PIN: 1\nCode: 2",
      '{"pin":1}',
      "a.b",
    ),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      texts,
      fc.constant(null),
      fc.boolean(),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(names, tie("tree"), { maxKeys: 5 }),
    ),
  }));
  const trees = tree.map((one) => JSON.parse(JSON.stringify(one)) as Json);

  it("loses no text and throws nothing", () => {
    fc.assert(
      fc.property(trees, (raw) => {
        const shown = textsIn(parts(raw) as unknown as Json);
        for (const text of textsIn(raw)) {
          expect(shown.some((one) => one.includes(text) || text.includes(one))).toBe(true);
        }
        expiryOf(raw);
      }),
      { numRuns: 5_000 },
    );
  });

  it("takes no time over texts made to take it", () => {
    const bad = [
      "a".repeat(100_000),
      "a: ".repeat(30_000),
      `pin:${" ".repeat(1_900)}`,
      `${"pin a ".repeat(300)}:`,
      `,${" a".repeat(900)}`,
      `LPA:1$${"$".repeat(50_000)} `,
      `https://${"a.".repeat(50_000)}`,
      "{".repeat(100_000),
    ];
    for (const text of bad) expect(cpuMs(() => parts(text))).toBeLessThan(2_000);
  });
});

function textsIn(raw: Json): string[] {
  if (raw === null) return [];
  if (typeof raw === "object") return Object.values(raw).flatMap(textsIn);
  const text = String(raw).trim();
  return text === "" ? [] : [text];
}
