import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Core, systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { createUser, type TestClock, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { hashPassword } from "./password.ts";
import { signIn } from "./sign-in.ts";
import { SIGN_IN_WINDOW_SECONDS, SIGN_INS_PER_ACCOUNT } from "./sign-in-limits.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const PASSWORD = "correct horse battery";
const FROM = { address: "203.0.113.7", userAgent: "Browser/1" };
const REFUSED = { kind: "refused" };
let clock: TestClock;
let core: Core;

beforeAll(async () => {
  const passwordHash = await hashPassword(PASSWORD);
  await createUser(db, { email: "asha@keyhold.example", role: "admin", passwordHash });
  await createUser(db, { email: "gone@keyhold.example", passwordHash, disabledAt: new Date() });
});
beforeEach(async () => {
  await db.signInBucket.deleteMany();
  clock = testClock();
  core = { ...systemCore(db, createLog("error", [])), now: clock.now };
});

const attempt = (
  email: string,
  password: string,
  from: typeof FROM | { address: null; userAgent: null } = FROM,
) => signIn(core, { email, password }, from, "offered");

const fillBucket = (key: string, count: number) =>
  db.signInBucket.create({ data: { key, count, startedAt: clock.now() } });

const countOf = async (key: string) =>
  (await db.signInBucket.findUnique({ where: { key } }))?.count;

describe("signIn", () => {
  it("opens a session for the right password, however the e-mail is spelt", async () => {
    for (const email of ["asha@keyhold.example", " Asha@Keyhold.EXAMPLE "]) {
      const result = await attempt(email, PASSWORD, { ...FROM, userAgent: "x".repeat(500) });
      expect(result).toMatchObject({
        kind: "signed_in",
        user: { email: "asha@keyhold.example", name: "Asha Rao", role: "admin" },
      });
      if (result.kind !== "signed_in") return;
      const session = await db.session.findUniqueOrThrow({ where: { id: result.sessionId } });
      expect(session).toMatchObject({ address: FROM.address, version: 1, revokedAt: null });
      expect(session.expiresAt.getTime() - clock.now().getTime()).toBe(12 * 60 * 60 * 1_000);
      expect(session.userAgent).toHaveLength(300);
    }
  });

  it("answers a wrong password, an unknown and a disabled user alike, and opens nothing", async () => {
    const before = await db.session.count();
    expect(await attempt("asha@keyhold.example", `${PASSWORD} `)).toEqual(REFUSED);
    expect(await attempt("asha@keyhold.example", PASSWORD.toUpperCase())).toEqual(REFUSED);
    expect(await attempt("nobody@keyhold.example", PASSWORD)).toEqual(REFUSED);
    expect(await attempt("gone@keyhold.example", PASSWORD)).toEqual(REFUSED);
    expect(await db.session.count()).toBe(before);
  });

  it.each([
    null,
    undefined,
    "asha@keyhold.example",
    [],
    {},
    { email: "asha@keyhold.example" },
    { email: "asha@keyhold.example", password: "" },
    { email: "asha@keyhold.example", password: "x".repeat(1_001) },
    { email: "asha@keyhold.example", password: { $ne: null } },
    { email: ["asha@keyhold.example"], password: PASSWORD },
    { email: "asha@keyhold.example\u0000", password: PASSWORD },
    { email: "' or 1=1 --", password: PASSWORD },
    { email: `${"a".repeat(250)}@keyhold.example`, password: PASSWORD },
  ])("refuses %j without a count", async (input) => {
    expect(await signIn(core, input, FROM, "offered")).toEqual(REFUSED);
    expect(await db.signInBucket.count()).toBe(0);
  });
});

describe("sign-in limits", () => {
  const wrong = (email = "asha@keyhold.example", address = FROM.address) =>
    attempt(email, "wrong password", { ...FROM, address });

  it("lets 20 guesses at once get no further than the limit of an account", async () => {
    const addresses = Array.from({ length: 20 }, (_, index) => `203.0.113.${index}`);
    const results = await Promise.all(addresses.map((address) => wrong(undefined, address)));
    expect(results.filter(({ kind }) => kind === "refused")).toHaveLength(SIGN_INS_PER_ACCOUNT);
    expect(await attempt("asha@keyhold.example", PASSWORD)).toEqual({
      kind: "too_many",
      retryAfterSeconds: SIGN_IN_WINDOW_SECONDS,
    });
  });

  it("limits an account that doesn't exist in the same way", async () => {
    for (let n = 0; n < SIGN_INS_PER_ACCOUNT; n++) {
      expect(await wrong("nobody@keyhold.example")).toEqual(REFUSED);
    }
    expect(await wrong("nobody@keyhold.example")).toMatchObject({ kind: "too_many" });
  });

  it("ends with its window", async () => {
    await fillBucket("account:asha@keyhold.example", SIGN_INS_PER_ACCOUNT);
    clock.advance((SIGN_IN_WINDOW_SECONDS - 1) * 1_000);
    expect(await wrong()).toEqual({ kind: "too_many", retryAfterSeconds: 1 });
    clock.advance(1_000);
    expect(await attempt("asha@keyhold.example", PASSWORD)).toMatchObject({ kind: "signed_in" });
  });

  it("forgets an account's tries with its success, but not its address's", async () => {
    for (let n = 1; n < SIGN_INS_PER_ACCOUNT; n++) await wrong();
    expect(await attempt("asha@keyhold.example", PASSWORD)).toMatchObject({ kind: "signed_in" });
    expect(await countOf("account:asha@keyhold.example")).toBeUndefined();
    expect(await countOf(`address:${FROM.address}`)).toBe(SIGN_INS_PER_ACCOUNT);
    for (let n = 1; n < SIGN_INS_PER_ACCOUNT; n++) expect(await wrong()).toEqual(REFUSED);
  });

  it("limits an address, whatever the account, and counts nothing more for it", async () => {
    await fillBucket(`address:${FROM.address}`, 40);
    expect(await attempt("asha@keyhold.example", PASSWORD)).toMatchObject({ kind: "too_many" });
    expect(await countOf("everyone")).toBeUndefined();
    expect(await countOf("account:asha@keyhold.example")).toBeUndefined();
    const elsewhere = await attempt("asha@keyhold.example", PASSWORD, {
      ...FROM,
      address: "203.0.113.8",
    });
    expect(elsewhere).toMatchObject({ kind: "signed_in" });
  });

  it("takes a whole IPv6 network, and all unknown addresses, for one", async () => {
    await fillBucket("address:2001:db8:1:2::/64", 40);
    await fillBucket("address:unknown", 40);
    expect(await wrong("a@keyhold.example", "2001:db8:1:2::77")).toMatchObject({
      kind: "too_many",
    });
    const nameless = await attempt("a@keyhold.example", "x", { address: null, userAgent: null });
    expect(nameless).toMatchObject({ kind: "too_many" });
  });

  it("limits everybody together, without a row for each account tried", async () => {
    await fillBucket("everyone", 1_000);
    expect(await attempt("asha@keyhold.example", PASSWORD)).toMatchObject({ kind: "too_many" });
    expect(await countOf("account:asha@keyhold.example")).toBeUndefined();
  });

  it("clears ended windows away when somebody signs in", async () => {
    await fillBucket("account:old@keyhold.example", 3);
    clock.advance(SIGN_IN_WINDOW_SECONDS * 1_000);
    await fillBucket("account:new@keyhold.example", 3);
    await attempt("asha@keyhold.example", PASSWORD);
    expect(await countOf("account:old@keyhold.example")).toBeUndefined();
    expect(await countOf("account:new@keyhold.example")).toBe(3);
  });
});
