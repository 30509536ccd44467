import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type Core, systemCore } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { createLog } from "#lib/platform/log.ts";
import { createUser, type TestClock, testClock } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { useUpSignIns } from "./access.fixture.ts";
import type { Actor } from "./actor.ts";
import { hashPassword } from "./password.ts";
import { requireRecentProof } from "./proof.ts";
import { PROOF_MINUTES } from "./proof-limits.ts";
import { proveAgain } from "./prove-again.ts";
import { endSession, findSession } from "./session.ts";
import { signIn } from "./sign-in.ts";
import { SIGN_IN_WINDOW_SECONDS, SIGN_INS_PER_ACCOUNT } from "./sign-in-limits.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const PASSWORD = "correct horse battery";
const passwordHash = await hashPassword(PASSWORD);
const FROM = { address: "203.0.113.7", userAgent: null };
const JOB: Actor = { kind: "job", name: "engine" };
const TOO_OLD = PROOF_MINUTES * 60_000 + 1;

let clock: TestClock;
let core: Core;
let email: string;
let userId: string;
let sessionId: string;

beforeEach(async () => {
  clock = testClock();
  core = { ...systemCore(db, createLog("error", [])), now: clock.now };
  await db.signInBucket.deleteMany();
  ({ id: userId, email } = await createUser(db, { passwordHash }));
  sessionId = await enter();
});

async function enter(): Promise<string> {
  const result = await signIn(core, { email, password: PASSWORD }, FROM, "offered");
  if (result.kind !== "signed_in") throw new Error(result.kind);
  return result.sessionId;
}

async function person(of = sessionId): Promise<Actor> {
  const actor = await findSession(core, of, true);
  if (!actor) throw new Error("no session");
  return actor;
}

const demand = async () => requireRecentProof(core, await person());
const prove = async (password: unknown, actor?: Actor) =>
  proveAgain(core, actor ?? (await person()), password);

describe("requireRecentProof", () => {
  it("takes signing in for a proof, for five minutes", async () => {
    await expect(demand()).resolves.toBeUndefined();
    clock.advance(PROOF_MINUTES * 60_000);
    await expect(demand()).resolves.toBeUndefined();
    clock.advance(1);
    await expect(demand()).rejects.toEqual(expect.objectContaining({ code: "proof_needed" }));
  });

  it("isn't satisfied by use of the session alone, nor by another session of the same person", async () => {
    clock.advance(TOO_OLD);
    const other = await enter();
    await expect(demand()).rejects.toThrow(KeyholdError);
    expect(() => requireRecentProof(core, JOB)).not.toThrow();
    const fresh = await person(other);
    expect(() => requireRecentProof(core, fresh)).not.toThrow();
  });

  it("wants one of a session that is older than the rule", async () => {
    await db.session.update({ where: { id: sessionId }, data: { provedAt: null } });
    await expect(demand()).rejects.toMatchObject({ code: "proof_needed" });
  });
});

describe("proveAgain", () => {
  it("renews the proof of this session", async () => {
    const other = await enter();
    clock.advance(TOO_OLD);
    expect(await prove(PASSWORD)).toEqual({ kind: "proved" });
    await expect(demand()).resolves.toBeUndefined();
    const elsewhere = await person(other);
    expect(() => requireRecentProof(core, elsewhere)).toThrow(KeyholdError);
  });

  it.each(["correct horse", `${PASSWORD} `, "", null, undefined, { $ne: null }, "x".repeat(1_001)])(
    "refuses %j, and changes nothing",
    async (password) => {
      clock.advance(TOO_OLD);
      expect(await prove(password)).toEqual({ kind: "refused" });
      await expect(demand()).rejects.toMatchObject({ code: "proof_needed" });
    },
  );

  it("refuses whoever was disabled, got another password or role, or whose session ended", async () => {
    const before = await person();
    await db.user.update({ where: { id: userId }, data: { disabledAt: clock.now() } });
    expect(await prove(PASSWORD, before)).toEqual({ kind: "refused" });
    await db.user.update({ where: { id: userId }, data: { disabledAt: null, sessionVersion: 2 } });
    expect(await prove(PASSWORD, before)).toEqual({ kind: "refused" });
    await db.user.update({ where: { id: userId }, data: { sessionVersion: 1 } });
    await endSession(core, sessionId);
    expect(await prove(PASSWORD, before)).toEqual({ kind: "refused" });
  });

  it("proves nothing of another person's session, and nothing of a job", async () => {
    const stranger = await createUser(db, { passwordHash });
    clock.advance(TOO_OLD);
    const mixed = { ...(await person()), id: stranger.id, email: stranger.email } as Actor;
    expect(await prove(PASSWORD, mixed)).toEqual({ kind: "refused" });
    await expect(demand()).rejects.toMatchObject({ code: "proof_needed" });
    expect(await prove(PASSWORD, JOB)).toEqual({ kind: "refused" });
  });

  it("lets 20 guesses at once get no further than signing in would", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => prove("a guess")));
    expect(results.filter(({ kind }) => kind === "refused")).toHaveLength(SIGN_INS_PER_ACCOUNT);
    const blocked = { kind: "too_many", retryAfterSeconds: SIGN_IN_WINDOW_SECONDS };
    expect(await prove(PASSWORD)).toEqual(blocked);
    clock.advance(SIGN_IN_WINDOW_SECONDS * 1_000);
    expect(await prove(PASSWORD)).toEqual({ kind: "proved" });
  });

  it("clears its own tries with its success", async () => {
    for (let round = 0; round < 3; round++) {
      for (let n = 1; n < SIGN_INS_PER_ACCOUNT; n++) await prove("a guess");
      expect(await prove(PASSWORD)).toEqual({ kind: "proved" });
    }
  });

  it("is kept from nobody at his screen by those who try to sign in as him, or as anybody", async () => {
    await useUpSignIns(db, clock.now(), { email, address: FROM.address });
    expect(await signIn(core, { email, password: PASSWORD }, FROM, "offered")).toMatchObject({
      kind: "too_many",
    });
    expect(await prove(PASSWORD)).toEqual({ kind: "proved" });
  });

  it("doesn't give those who guess at his sign-in more tries by its success", async () => {
    const guess = () => signIn(core, { email, password: "a guess" }, FROM, "offered");
    for (let n = 0; n < SIGN_INS_PER_ACCOUNT; n++) await guess();
    expect(await prove(PASSWORD)).toEqual({ kind: "proved" });
    expect(await guess()).toMatchObject({ kind: "too_many" });
  });

  it("is not to be had by a password for somebody who has none", async () => {
    const actor = await person();
    await db.user.update({ where: { id: userId }, data: { passwordHash: null } });
    expect(await proveAgain(core, actor, PASSWORD)).toEqual({ kind: "elsewhere" });
  });
});
