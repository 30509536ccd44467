import { describe, expect, it } from "vitest";
import { createLog, type Log } from "./log.ts";

const API_KEY = "fx_live_7h2kq9";
const AWKWARD = 'quote" back\\slash ünïcode/9';

function record(secrets: string[] = [API_KEY, AWKWARD]): { log: Log; text(): string } {
  const lines: string[] = [];
  return {
    log: createLog("debug", secrets, (line) => lines.push(line)),
    text: () => lines.join(""),
  };
}

describe("createLog", () => {
  it("writes one line of JSON an event", () => {
    const { log, text } = record();
    log.child({ correlationId: "c1" }).info({ orderId: "o1" }, "order placed");
    log.warn("second\nline");
    const [first, second] = text().trimEnd().split("\n");
    expect(JSON.parse(first ?? "")).toMatchObject({
      level: "info",
      correlationId: "c1",
      orderId: "o1",
      msg: "order placed",
    });
    expect(JSON.parse(second ?? "")).toMatchObject({ level: "warn", msg: "second\nline" });
  });

  it.each([
    "password",
    "passwordHash",
    "password_hash",
    "ADMIN_PASSWORD",
    "apiKey",
    "x-api-key",
    "X-API-Key",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "NEXTAUTH_SECRET",
    "token",
    "sessionToken",
    "value",
    "raw",
    "sealed",
    "codes",
    "externalData",
    "external_data",
    "DATABASE_URL",
    "KEYHOLD_SEALING_KEYS",
  ])("hides a field called %s, wherever it stands", (name) => {
    const { log, text } = record();
    const field = { [name]: "canary-1" };
    log.info(field);
    log.info({ deep: { list: [{ deeper: { deepest: field } }] } });
    log.info({ [name]: { nested: ["canary-1"] } });
    log.child(field).info("bound");
    log.error(Object.assign(new Error("failed"), { request: { headers: field } }));
    log.error({ err: new Error("outer", { cause: Object.assign(new Error("inner"), field) }) });
    expect(text()).not.toContain("canary-1");
    expect(text()).toContain("[redacted]");
  });

  it("keeps what only resembles one", () => {
    const { log, text } = record();
    log.info({ code: "BALANCE_NOT_ENOUGH", storedCodes: 2, faceValue: "5", valueDate: "today" });
    expect(text()).toContain(
      '"code":"BALANCE_NOT_ENOUGH","storedCodes":2,"faceValue":"5","valueDate":"today"',
    );
  });

  it.each([API_KEY, AWKWARD])("hides the value of a known secret: %s", (secret) => {
    const { log, text } = record();
    log.info(`refused for ${secret}, twice ${secret}`);
    log.info({ harmless: { list: [`X-API-Key: ${secret}`] } });
    log.info({ [secret]: true });
    log.info({ address: `https://supplier.example/?key=${encodeURIComponent(secret)}` });
    log.error(new Error(`no such key: ${secret}`), "call failed");
    log.error({ err: new Error("outer", { cause: new Error(secret) }) });
    const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
    for (const spelling of spellings) expect(text()).not.toContain(spelling);
    for (const line of text().trimEnd().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  });

  it("hides the longer of two secrets that begin alike", () => {
    const { log, text } = record(["simulator-key", "simulator-key-of-the-second"]);
    log.info("with simulator-key-of-the-second");
    expect(text()).toContain('"with [redacted]"');
  });

  it("leaves texts alone that a very short secret occurs in", () => {
    const { log, text } = record(["key"]);
    log.info("no key configured");
    expect(text()).toContain("no key configured");
  });

  it("hides the row that PostgreSQL repeats when a constraint is violated", () => {
    const { log, text } = record();
    const detail = "Failing row contains (1, a@b.example, $argon2id$canary-1).";
    log.error(Object.assign(new Error("violates check"), { meta: { cause: { detail } } }));
    expect(text()).not.toContain("canary-1");
  });

  it("survives what JSON can't hold", () => {
    const { log, text } = record();
    const loop: Record<string, unknown> = { big: 10n, nan: Number.NaN };
    loop.self = loop;
    log.info({ loop, fn: () => 1, none: undefined });
    expect(text()).toContain('"big":10');
  });
});
