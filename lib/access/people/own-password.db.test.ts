import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Tx } from "#lib/platform/db.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  type AccessContext,
  accessContext,
  auditOf,
  enter,
  FROM,
  member,
  PASSWORD,
  REQUEST,
  useUpSignIns,
} from "../access.fixture.ts";
import { findSession, type Person } from "../session.ts";
import { signIn } from "../sign-in.ts";
import { acceptUserLink } from "./accept-link.ts";
import { changeOwnPassword } from "./change-own-password.ts";
import { endSessions } from "./end-sessions.ts";
import { resetUser } from "./reset-user.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ELSEWHERE = { ...FROM, address: "198.51.100.9" };
let ctx: AccessContext;
let admin: Person;
let asha: Person;

beforeEach(async () => {
  ctx = accessContext(db);
  await db.$transaction([db.user.deleteMany(), db.signInBucket.deleteMany()]);
  admin = await enter(ctx, await member(db, { role: "admin", name: "Arun" }));
  asha = await enter(ctx, await member(db, { name: "Asha" }));
});

const isIn = async ({ sessionId }: Person) => (await findSession(ctx, sessionId, true)) !== null;

describe("one's own password", () => {
  const next = "window otter 27 plum";
  const set = (person: Person, current: unknown, to: unknown) =>
    changeOwnPassword(ctx, person, { current, next: to }, REQUEST);

  it("changes for whoever knows the old one; other sessions end, this one goes on", async () => {
    const other = await enter(ctx, asha);
    expect(await set(asha, PASSWORD, next)).toEqual({ kind: "changed" });
    expect([await isIn(asha), await isIn(other)]).toEqual([true, false]);
    expect(await auditOf(db, asha.id)).toEqual(["user.password-changed"]);
    expect(await set(asha, PASSWORD, "yet another 81 plum")).toEqual({ kind: "refused" });
  });

  it("is refused where it is weak, before a try is counted", async () => {
    await db.signInBucket.deleteMany();
    expect(await set(asha, PASSWORD, "short")).toEqual({ kind: "weak", problem: "short" });
    expect(await set(asha, PASSWORD, "password2024!")).toEqual({ kind: "weak", problem: "common" });
    expect(await set(asha, PASSWORD, null)).toEqual({ kind: "weak", problem: "short" });
    expect(await db.signInBucket.count()).toBe(0);
  });

  it("lets 20 guesses at the old one get no further than signing in would", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => set(asha, "a guess", next)));
    expect(answers.filter(({ kind }) => kind === "refused")).toHaveLength(8);
    expect(await set(asha, PASSWORD, next)).toMatchObject({ kind: "too_many" });
  });

  it("is kept from nobody by those who try to sign in as him, or as anybody", async () => {
    await useUpSignIns(db, ctx.now(), { email: asha.email, address: FROM.address });
    expect(await set(asha, PASSWORD, next)).toEqual({ kind: "changed" });
    const entered = await signIn(ctx, { email: asha.email, password: next }, ELSEWHERE, "offered");
    expect(entered).toMatchObject({ kind: "too_many" });
    await db.signInBucket.delete({ where: { key: "everyone" } });
    // What was guessed at is gone, so that is counted anew.
    const again = await signIn(ctx, { email: asha.email, password: next }, ELSEWHERE, "offered");
    expect(again).toMatchObject({ kind: "signed_in" });
  });

  it("changes nothing for a session that has ended, or whose person's rights changed, since", async () => {
    await db.user.update({ where: { id: asha.id }, data: { role: "viewer" } });
    expect(await set(asha, PASSWORD, next)).toEqual({ kind: "refused" });
    expect(await isIn(asha)).toBe(false);
    const other = await enter(ctx, asha);
    await endSessions(ctx, other, { userId: asha.id, sessionId: other.sessionId }, REQUEST);
    expect(await set(other, PASSWORD, next)).toEqual({ kind: "refused" });
    const late = await enter(ctx, asha);
    ctx.clock.advance(12 * 3_600_000);
    expect(await set(late, PASSWORD, next)).toEqual({ kind: "refused" });
    expect(await auditOf(db, asha.id)).toEqual(["user.sessions-ended"]);
  });

  it("doesn't revive a session that ends while the password is looked at", async () => {
    const demote = () => db.user.update({ where: { id: asha.id }, data: { role: "viewer" } });
    const $transaction = async (work: (tx: Tx) => Promise<unknown>) => {
      await demote();
      return db.$transaction(work);
    };
    const between = new Proxy(db, {
      get: (all, name, self) =>
        name === "$transaction" ? $transaction : Reflect.get(all, name, self),
    });
    const input = { current: PASSWORD, next };
    expect(await changeOwnPassword({ ...ctx, db: between }, asha, input, REQUEST)).toEqual({
      kind: "refused",
    });
    expect(await isIn(asha)).toBe(false);
  });

  it("ends a way back in that is still open", async () => {
    const link = await resetUser(ctx, admin, asha.id, REQUEST);
    const token = new URL(link.url).hash.slice(1);
    expect(await set(asha, PASSWORD, next)).toEqual({ kind: "changed" });
    const answer = await acceptUserLink(ctx, { token, password: "thief 33 plum otter" }, REQUEST);
    expect(answer).toEqual({ kind: "ended" });
    expect(await isIn(asha)).toBe(true);
  });

  it("is set once by two who set it at once", async () => {
    const answers = await Promise.all([
      set(asha, PASSWORD, next),
      set(asha, PASSWORD, `${next} 2`),
    ]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["changed", "refused"]);
  });
});
