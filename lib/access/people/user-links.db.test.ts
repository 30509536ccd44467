import { afterAll, beforeEach, describe, expect, it } from "vitest";
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
} from "../access.fixture.ts";
import { findSession, type Person } from "../session.ts";
import { signIn } from "../sign-in.ts";
import { acceptUserLink, peekUserLink } from "./accept-link.ts";
import { changePerson } from "./change-person.ts";
import { disableUser } from "./disable-user.ts";
import { type InviteResult, inviteUser } from "./invite-user.ts";
import { resetUser } from "./reset-user.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const HOUR = 3_600_000;
let ctx: AccessContext;
let admin: Person;

beforeEach(async () => {
  ctx = accessContext(db);
  await db.$transaction([db.user.deleteMany(), db.signInBucket.deleteMany()]);
  admin = await enter(ctx, await member(db, { role: "admin" }));
  await db.signInBucket.deleteMany();
});

const MEERA = {
  ...{ email: " Meera@Shop.example ", name: "Meera", role: "operator" },
  ...{ grants: ["export"], spendLimits: [{ currency: "USD", perDay: "20" }] },
};
const invite = (facts: Record<string, unknown> = {}) =>
  inviteUser(ctx, admin, { ...MEERA, ...facts }, REQUEST);
const tokenOf = ({ url }: { url: string }) => new URL(url).hash.slice(1);
async function invited(facts: Record<string, unknown> = {}) {
  const result = await invite(facts);
  if (result.kind !== "invited") throw new Error(result.kind);
  return { ...result, token: tokenOf(result.link) };
}
const peek = (token: unknown) => peekUserLink(ctx, token, null);
const accept = (token: unknown, password: unknown = PASSWORD) =>
  acceptUserLink(ctx, { token, password }, REQUEST);
const comeIn = (email = "meera@shop.example") =>
  signIn(ctx, { email, password: PASSWORD }, FROM, "offered");

describe("an invitation", () => {
  it("is a link that is shown once and kept as a hash, and leads to a password", async () => {
    const { userId, link, token } = await invited();
    expect(link).toMatchObject({
      kind: "invite",
      url: `https://ops.example.com/invite#${token}`,
      expiresAt: new Date(ctx.now().getTime() + 72 * HOUR),
    });
    expect(JSON.stringify(await db.userLink.findMany())).not.toContain(token);
    expect(
      JSON.stringify(await db.auditEntry.findMany(), (_, v) => (typeof v === "bigint" ? "" : v)),
    ).not.toContain(token);
    expect(await comeIn()).toEqual({ kind: "refused" });
    expect(await peek(token)).toEqual({
      ...{ kind: "open", purpose: "invite", name: "Meera", email: "meera@shop.example" },
    });
    expect(await accept(token)).toEqual({ kind: "set", email: "meera@shop.example" });
    expect(await comeIn()).toMatchObject({ kind: "signed_in", user: { role: "operator" } });
    expect(await auditOf(db, userId)).toEqual(["user.invited", "user.invitation-accepted"]);
  });

  it("is refused for an address that somebody has, however it is spelt", async () => {
    await invited();
    expect(await invite({ email: "MEERA@shop.EXAMPLE" })).toEqual({ kind: "taken" });
    await disableUser(
      ctx,
      admin,
      {
        id: (await db.user.findUniqueOrThrow({ where: { email: "meera@shop.example" } })).id,
        reason: "Left the team",
      },
      REQUEST,
    );
    expect(await invite()).toEqual({ kind: "taken" });
  });

  it("goes out once for two who invite the same person at once", async () => {
    const results: InviteResult[] = await Promise.all([invite(), invite(), invite()]);
    expect(results.filter(({ kind }) => kind === "invited")).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === "taken")).toHaveLength(2);
    expect(await db.userLink.count()).toBe(1);
  });

  it.each([
    [{ email: "nobody" }, "email"],
    [{ name: "" }, "name"],
    [{ role: "root" }, "role"],
    [{ grants: ["all"] }, "grants"],
    [{ spendLimits: [{ currency: "USD", perDay: "much" }] }, "spendLimits"],
  ])("refuses %j", async (facts, field) => {
    expect(await invite(facts)).toEqual({ kind: "invalid", fields: [field] });
  });

  it("gives grants in one order, so that a new name alone ends no session", async () => {
    const { userId } = await invited({ grants: ["export", "codes.values"] });
    const { grants } = await db.user.findUniqueOrThrow({ where: { id: userId } });
    expect(grants).toEqual(["codes.values", "export"]);
    const { sessionId } = await enter(ctx, { id: userId });
    await changePerson(ctx, admin, { id: userId, name: "Meera Rao", grants }, REQUEST);
    expect(await findSession(ctx, sessionId, true)).not.toBeNull();
  });

  it("of an owner is an owner's to give", async () => {
    await expect(invite({ role: "owner" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await db.user.count()).toBe(1);
  });
});

describe("a link", () => {
  it("that nobody made, and what is no link, leads nowhere", async () => {
    for (const token of ["", "x", "a".repeat(43), null, { $ne: "" }, `${"a".repeat(42)}'`]) {
      expect(await peek(token)).toEqual({ kind: "unknown" });
      expect(await accept(token)).toEqual({ kind: "unknown" });
    }
  });

  it("is good once", async () => {
    const { token } = await invited();
    await accept(token);
    expect(await peek(token)).toEqual({ kind: "used" });
    expect(await accept(token, "another 33 plum otter")).toEqual({ kind: "used" });
    expect(await comeIn()).toMatchObject({ kind: "signed_in" });
  });

  it("is good once for ten who use it at once", async () => {
    const { token, userId } = await invited();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => accept(token, `plum otter window ${n}`)),
    );
    const kinds = answers.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "set")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "used")).toHaveLength(9);
    expect(await auditOf(db, userId)).toEqual(["user.invited", "user.invitation-accepted"]);
  });

  it("is good for 72 hours, and not a moment longer", async () => {
    const { token } = await invited();
    ctx.clock.advance(72 * HOUR - 1);
    expect(await peek(token)).toMatchObject({ kind: "open" });
    ctx.clock.advance(1);
    expect(await peek(token)).toEqual({ kind: "expired" });
    expect(await accept(token)).toEqual({ kind: "expired" });
  });

  it("ends with a newer one, and with its person", async () => {
    const { userId, token } = await invited();
    const newer = tokenOf(await resetUser(ctx, admin, userId, REQUEST));
    expect(await accept(token)).toEqual({ kind: "ended" });
    expect(await peek(newer)).toMatchObject({ kind: "open", purpose: "invite" });
    await disableUser(ctx, admin, { id: userId, reason: "A mistake" }, REQUEST);
    expect(await accept(newer)).toEqual({ kind: "ended" });
  });

  it("is one a person, for however many who make one at once", async () => {
    const { userId } = await invited();
    await Promise.all(Array.from({ length: 8 }, () => resetUser(ctx, admin, userId, REQUEST)));
    expect(await db.userLink.count({ where: { usedAt: null, endedAt: null } })).toBe(1);
  });

  it("isn't used up by a weak password", async () => {
    const { token } = await invited();
    expect(await accept(token, "elevenchars")).toEqual({ kind: "weak", problem: "short" });
    expect(await accept(token, "meera@shop.example")).toEqual({
      kind: "weak",
      problem: "personal",
    });
    expect(await accept(token, 12345678901234)).toEqual({ kind: "weak", problem: "short" });
    expect(await accept(token)).toMatchObject({ kind: "set" });
  });

  it("can't be guessed at for long from one address", async () => {
    const { token } = await invited();
    for (let n = 0; n < 40; n++) await peek("x");
    expect(await peek(token)).toMatchObject({ kind: "too_many" });
    expect(await accept(token)).toMatchObject({ kind: "set" });
  });
});

describe("visits and sign-ins", () => {
  it("use up one another's limits for everybody in no direction", async () => {
    const { token } = await invited();
    const startedAt = ctx.now();
    const usedUp = (key: string) =>
      db.signInBucket.create({ data: { key, count: 10_000, startedAt } });
    await usedUp("everyone");
    expect(await accept(token)).toMatchObject({ kind: "set" });
    expect(await comeIn()).toMatchObject({ kind: "too_many" });
    await db.signInBucket.deleteMany();
    await usedUp("links");
    expect(await peek(token)).toMatchObject({ kind: "too_many" });
    expect(await comeIn()).toMatchObject({ kind: "signed_in" });
  });
});

describe("a way back in", () => {
  it("sets another password, ends all sessions, and leaves the old password until then", async () => {
    const asha = await enter(ctx, await member(db, { email: "asha@shop.example" }));
    const link = await resetUser(ctx, admin, asha.id, REQUEST);
    expect(link).toMatchObject({
      kind: "reset",
      expiresAt: new Date(ctx.now().getTime() + 24 * HOUR),
    });
    expect(await findSession(ctx, asha.sessionId, true)).not.toBeNull();
    expect(await comeIn("asha@shop.example")).toMatchObject({ kind: "signed_in" });
    expect(await accept(tokenOf(link), "another 33 plum otter")).toMatchObject({ kind: "set" });
    expect(await findSession(ctx, asha.sessionId, true)).toBeNull();
    expect(await comeIn("asha@shop.example")).toEqual({ kind: "refused" });
    expect(await auditOf(db, asha.id)).toEqual(["user.reset-link-made", "user.password-reset"]);
  });
});
