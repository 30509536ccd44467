import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseEnv, secretsOf } from "./env.ts";

const random = (bytes: number) => randomBytes(bytes).toString("base64url");
const complete = {
  DATABASE_URL: "postgresql://keyhold:hunter2hunter2@db.internal:5432/keyhold",
  NEXTAUTH_URL: "https://ops.example.com",
  NEXTAUTH_SECRET: random(32),
  CRON_SECRET: random(24),
  KEYHOLD_SEALING_KEYS: `k1:${randomBytes(32).toString("base64")}`,
};

function complaintOf(changes: Record<string, string | undefined>): string {
  try {
    parseEnv({ ...complete, ...changes });
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("parseEnv", () => {
  it("takes the least there has to be, and fills in the rest", () => {
    const env = parseEnv(complete);
    expect(env).toMatchObject({
      NODE_ENV: "development",
      KEYHOLD_ENVIRONMENT: "production",
      FOXRELOAD_BASE_URL: "https://public-api.foxreload.com",
      FOXRELOAD_CURRENCY: "USD",
      LOG_LEVEL: "info",
      KEYHOLD_SEALING_KEYS: [{ id: "k1" }],
    });
    expect([env.FOXRELOAD_API_KEY, env.ADMIN_EMAIL, env.ADMIN_PASSWORD]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("takes an empty variable for an unset one", () => {
    const env = parseEnv({ ...complete, FOXRELOAD_CURRENCY: "", FOXRELOAD_API_KEY: " ", PORT: "" });
    expect(env.FOXRELOAD_CURRENCY).toBe("USD");
    expect(env.FOXRELOAD_API_KEY).toBeUndefined();
    expect(complaintOf({ NEXTAUTH_SECRET: "" })).toContain("NEXTAUTH_SECRET is missing");
  });

  it("trims what is pasted with spaces, but not a password", () => {
    const env = parseEnv({
      ...complete,
      FOXRELOAD_API_KEY: " key ",
      ADMIN_EMAIL: " a@b.example ",
      ADMIN_PASSWORD: " pass phrase ",
    });
    expect(env).toMatchObject({
      FOXRELOAD_API_KEY: "key",
      ADMIN_EMAIL: "a@b.example",
      ADMIN_PASSWORD: " pass phrase ",
    });
  });

  it.each([
    ["DATABASE_URL", undefined, "is missing: the address of a PostgreSQL 15 or newer."],
    ["DATABASE_URL", "mysql://db/keyhold", "has to be an address like postgresql://"],
    ["DATABASE_URL", "postgresql://me:100%@db/keyhold", "has to be an address like postgresql://"],
    ["NEXTAUTH_URL", undefined, "is missing: the console's own address."],
    ["NEXTAUTH_URL", "keyhold.internal", "has to be an address like https://"],
    ["NEXTAUTH_URL", "javascript:alert(1)", "has to be an address like https://"],
    ["NEXTAUTH_SECRET", undefined, "is missing: at least 32 random characters"],
    ["NEXTAUTH_SECRET", random(18), "is too weak: use at least 32 random characters"],
    ["NEXTAUTH_SECRET", "changeme".repeat(5), "is too weak"],
    ["CRON_SECRET", undefined, "is missing: at least 16 random characters"],
    ["CRON_SECRET", random(9), "is too weak: use at least 16 random characters"],
    ["CRON_SECRET", "a".repeat(40), "is too weak"],
    ["KEYHOLD_SEALING_KEYS", undefined, "is missing: `id:base64key`, the key 32 random bytes."],
    ["KEYHOLD_SEALING_KEYS", random(32), "has to be `id:base64key`"],
    ["KEYHOLD_SEALING_KEYS", `k1:${random(16)}`, "has a key (number 1) that is not 32 bytes"],
    ["FOXRELOAD_BASE_URL", "file:///etc/passwd", "has to be an address like https://"],
    ["FOXRELOAD_CURRENCY", "DOGECOIN", 'has to be one of "USD"|"RUB"'],
    ["LOG_LEVEL", "everything", "has to be one of"],
    ["KEYHOLD_ENVIRONMENT", "staging-7", "has to be one of"],
  ])("%s = %s: says what is wrong, not what was given", (name, value, sentence) => {
    const complaint = complaintOf({ [name]: value });
    expect(complaint).toContain(`\n  ${name} ${sentence}`);
    expect(complaint.split("\n")).toHaveLength(2);
    if (value) expect(complaint).not.toContain(value);
  });

  it("names everything at fault at once", () => {
    const complaint = complaintOf({ NEXTAUTH_SECRET: "x", CRON_SECRET: undefined, LOG_LEVEL: "?" });
    expect(complaint.match(/^ {2}[A-Z_]+/gm)).toEqual([
      "  NEXTAUTH_SECRET",
      "  CRON_SECRET",
      "  LOG_LEVEL",
    ]);
  });
});

describe("sealing keys in a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "keyhold-env-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    const path = join(folder, randomBytes(4).toString("hex"));
    writeFileSync(path, text);
    return path;
  };
  const complaintOfFile = (path: string, more: Record<string, string | undefined> = {}) =>
    complaintOf({ KEYHOLD_SEALING_KEYS: undefined, KEYHOLD_SEALING_KEYS_FILE: path, ...more });
  const line = () => `k${randomBytes(2).toString("hex")}:${randomBytes(32).toString("base64")}`;

  it("are taken, one a line or parted by commas", () => {
    const { KEYHOLD_SEALING_KEYS: _, ...rest } = complete;
    const path = file(`${line()}\n${line()},\r\n${line()}\n`);
    const env = parseEnv({ ...rest, KEYHOLD_SEALING_KEYS_FILE: ` ${path} ` });
    expect(env.KEYHOLD_SEALING_KEYS).toHaveLength(3);
    expect(env.KEYHOLD_SEALING_KEYS_FILE).toBe(path);
    for (const { key } of env.KEYHOLD_SEALING_KEYS) {
      expect(secretsOf(env)).toContain(key.toString("base64"));
    }
  });

  it.each([
    [() => "/nowhere/keys", {}, "can't be read (ENOENT)."],
    [() => folder, {}, "can't be read (EISDIR)."],
    [() => file(""), {}, "has to be `id:base64key`"],
    [() => file(`${line()}\n${random(24)}`), {}, "has to be `id:base64key`"],
    [() => file("k1:AAAA"), {}, "has a key (number 1) that is not 32 bytes"],
    [
      () => file(line()),
      { KEYHOLD_SEALING_KEYS: complete.KEYHOLD_SEALING_KEYS },
      "stands beside KEYHOLD_SEALING_KEYS: set one of the two.",
    ],
  ])("say what is wrong with them %#", (path, more, sentence) => {
    const complaint = complaintOfFile(path(), more);
    expect(complaint).toContain(`\n  KEYHOLD_SEALING_KEYS_FILE ${sentence}`);
    expect(complaint.split("\n")).toHaveLength(2);
  });

  it("are complained of beside everything else", () => {
    expect(complaintOfFile("/nowhere", { CRON_SECRET: "x" }).match(/^ {2}[A-Z_]+/gm)).toEqual([
      "  CRON_SECRET",
      "  KEYHOLD_SEALING_KEYS_FILE",
    ]);
  });
});
