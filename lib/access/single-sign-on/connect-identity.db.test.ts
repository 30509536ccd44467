import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createInvited } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  type AccessContext,
  accessContext,
  auditOf,
  enter,
  FROM,
  member,
  REQUEST,
} from "../access.fixture.ts";
import { openSession } from "../open-session.ts";
import { resetUser } from "../people/reset-user.ts";
import { endSession, findSession, type Person } from "../session.ts";
import { beginConnecting, connectIdentity } from "./connect-identity.ts";
import { disconnectIdentitiesOf, disconnectIdentity } from "./disconnect-identity.ts";
import { signInByIdentity } from "./sign-in-by-identity.ts";
import type { SingleSignOn } from "./single-sign-on.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ISSUER = "https://login.example.com";
const SETTING: SingleSignOn = {
  ...{ issuer: ISSUER, clientId: "k", clientSecret: "s", name: "Login" },
  ...{ scope: "openid email", roles: null, secondFactor: "claim" },
};
let ctx: AccessContext;
let asha: Person;

beforeEach(async () => {
  ctx = accessContext(db);
  await db.user.deleteMany();
  asha = await enter(ctx, await member(db, { email: "asha@shop.example" }));
});

const newNonce = () => randomBytes(32).toString("base64url");
const isNow = (person: Person) => findSession(ctx, person.sessionId, true);
const comeIn = (sub: string, said: Record<string, unknown> = {}) =>
  signInByIdentity(
    ctx,
    { iss: ISSUER, sub, ...said },
    { singleSignOn: SETTING, policy: "offered" },
    FROM,
  );

/** There and back, as whoever is in the session then. */
async function connect(person: Person, sub: string, said: Record<string, unknown> = {}) {
  const nonce = newNonce();
  const intent = beginConnecting(ctx, person, nonce);
  return connectIdentity(
    ctx,
    await isNow(person),
    intent,
    { iss: ISSUER, sub, nonce, ...said },
    REQUEST,
  );
}

describe("connecting", () => {
  it("lets a person with a password in by his account elsewhere from then on", async () => {
    expect(await comeIn("a1")).toEqual({ kind: "unknown" });
    expect(await connect(asha, "a1")).toBe("connected");
    expect(await comeIn("a1")).toMatchObject({ kind: "signed_in", userId: asha.id });
    expect(await auditOf(db, asha.id)).toEqual(["user.linked"]);
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { action: "user.linked", objectId: asha.id },
    });
    expect(entry).toMatchObject({ actorId: asha.id, address: FROM.address });
  });

  it("asks nothing of the address: it is whoever is in the session", async () => {
    const meera = await member(db, { email: "meera@shop.example", passwordHash: null });
    const said = { email: "meera@shop.example", email_verified: true };
    expect(await connect(asha, "a1", said)).toBe("connected");
    expect(await db.userIdentity.findMany({ where: { userId: meera.id } })).toEqual([]);
    expect(await comeIn("a1")).toMatchObject({ userId: asha.id });
  });

  it("says twice what is so already, and notes it once", async () => {
    expect(await connect(asha, "a1")).toBe("connected");
    expect(await connect(asha, "a1")).toBe("connected");
    expect(await auditOf(db, asha.id)).toEqual(["user.linked"]);
  });

  it("doesn't take an account that somebody else is known by, also of two at once", async () => {
    const mira = await enter(ctx, await member(db, { email: "mira@shop.example" }));
    const answers = await Promise.all([connect(asha, "a1"), connect(mira, "a1")]);
    expect(answers.sort()).toEqual(["connected", "taken"]);
    expect(await db.userIdentity.count()).toBe(1);
  });

  it("takes one account of a provider a person, also of two at once", async () => {
    const answers = await Promise.all([connect(asha, "a1"), connect(asha, "a2")]);
    expect(answers.sort()).toEqual(["connected", "other"]);
    expect(await connect(asha, "b1", { iss: "https://other.example" })).toBe("connected");
  });

  it("wants a recent proof, and a nonce that is one", () => {
    for (const nonce of ["", "short", "x".repeat(44), null]) {
      expect(() => beginConnecting(ctx, asha, nonce)).toThrow("not a nonce");
    }
    ctx.clock.advance(6 * 60_000);
    expect(() => beginConnecting(ctx, asha, newNonce())).toThrow("too long ago");
  });
});

describe("an intent", () => {
  const nonce = newNonce();
  const said = { iss: ISSUER, sub: "a1", nonce };

  it("is good for its own session alone, and for nobody", async () => {
    const intent = beginConnecting(ctx, asha, nonce);
    const mira = await enter(ctx, await member(db, { email: "mira@shop.example" }));
    const another = await enter(ctx, asha);
    for (const actor of [mira, another, null]) {
      expect(await connectIdentity(ctx, actor, intent, said, REQUEST)).toBe("ended");
    }
    expect(await db.userIdentity.count()).toBe(0);
  });

  it("is good for its own way alone: not for a sign-in that was begun apart from it", async () => {
    const intent = beginConnecting(ctx, asha, nonce);
    for (const other of [{ nonce: newNonce() }, { nonce: undefined }, { sub: "" }]) {
      const claims = { ...said, ...other };
      expect(await connectIdentity(ctx, asha, intent, claims, REQUEST)).toBe("ended");
    }
  });

  it("is good for ten minutes", async () => {
    const intent = beginConnecting(ctx, asha, nonce);
    ctx.clock.advance(10 * 60_000);
    expect(await connectIdentity(ctx, await isNow(asha), intent, said, REQUEST)).toBe("ended");
    expect(await db.userIdentity.count()).toBe(0);
  });

  it("is good once, whatever came of it", async () => {
    const intent = beginConnecting(ctx, asha, newNonce());
    const claims = { ...said, nonce: intent.nonce };
    const twice = [1, 2].map(() => connectIdentity(ctx, asha, intent, claims, REQUEST));
    expect((await Promise.all(twice)).sort()).toEqual(["connected", "ended"]);
    await disconnectIdentity(ctx, asha, ISSUER, REQUEST);
    expect(await connectIdentity(ctx, asha, intent, claims, REQUEST)).toBe("ended");
    expect(await db.userIdentity.count()).toBe(0);
  });

  it.each([
    ["the session was ended", () => endSession(ctx, asha.sessionId)],
    [
      "the person was disabled",
      () => db.user.update({ where: { id: asha.id }, data: { disabledAt: new Date() } }),
    ],
    [
      "his role was changed",
      () => db.user.update({ where: { id: asha.id }, data: { role: "viewer" } }),
    ],
  ])("is worth nothing once %s, also at the last moment", async (_, end) => {
    const intent = beginConnecting(ctx, asha, newNonce());
    const claims = { ...said, nonce: intent.nonce };
    await end();
    expect(await isNow(asha)).toBeNull();
    expect(await connectIdentity(ctx, asha, intent, claims, REQUEST)).toBe("ended");
    expect(await db.userIdentity.count()).toBe(0);
  });
});

describe("disconnecting", () => {
  it("shuts the way in, and ends what came in by it, but for this session", async () => {
    await connect(asha, "a1");
    const there = await comeIn("a1");
    if (there.kind !== "signed_in") throw new Error(there.kind);
    expect(await disconnectIdentity(ctx, asha, ISSUER, REQUEST)).toBe(1);
    expect(await findSession(ctx, there.sessionId, true)).toBeNull();
    expect(await isNow(asha)).toMatchObject({ id: asha.id });
    expect(await comeIn("a1")).toEqual({ kind: "unknown" });
    expect(await auditOf(db, asha.id)).toEqual(["user.linked", "user.unlinked"]);
    await expect(disconnectIdentity(ctx, asha, ISSUER, REQUEST)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is refused to whoever has no password: he would have no way in", async () => {
    const meera = await member(db, { passwordHash: null });
    await db.userIdentity.create({
      data: { issuer: ISSUER, subject: "m1", userId: meera.id, linkedAt: ctx.now() },
    });
    const how = { method: "oidc", complete: true, provedAt: ctx.now() } as const;
    const sessionId = await db.$transaction((tx) => openSession(tx, ctx, meera, how, FROM));
    const person = (await findSession(ctx, sessionId, true)) as Person;
    await expect(disconnectIdentity(ctx, person, ISSUER, REQUEST)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await db.userIdentity.count()).toBe(1);
  });

  it("wants a recent proof", async () => {
    await connect(asha, "a1");
    ctx.clock.advance(6 * 60_000);
    await expect(disconnectIdentity(ctx, asha, ISSUER, REQUEST)).rejects.toMatchObject({
      code: "proof_needed",
    });
  });
});

describe("disconnecting somebody else", () => {
  const REASON = "His laptop was stolen";
  let owner: Person;
  beforeEach(async () => {
    owner = await enter(ctx, await member(db, { role: "owner", name: "Olga" }));
  });
  const take = (actor: Person, id: string, reason = REASON) =>
    disconnectIdentitiesOf(ctx, actor, { id, reason }, REQUEST);

  it("shuts each way in but the password, ends what came in by it, and says why", async () => {
    await connect(asha, "a1");
    await connect(asha, "b1", { iss: "https://other.example" });
    const there = await comeIn("a1");
    if (there.kind !== "signed_in") throw new Error(there.kind);
    expect(await take(owner, asha.id)).toEqual({ kind: "disconnected" });
    expect(await findSession(ctx, there.sessionId, true)).toBeNull();
    expect(await isNow(asha)).toMatchObject({ id: asha.id });
    expect(await comeIn("a1")).toEqual({ kind: "unknown" });
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { action: "user.unlinked", objectId: asha.id },
    });
    expect(entry).toMatchObject({
      ...{ actorId: owner.id, reason: REASON },
      details: { issuer: `${ISSUER} https://other.example`, sessionsEnded: 1 },
    });
    await expect(take(owner, asha.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves whoever has no password shut out until another invitation", async () => {
    const meera = await createInvited(db, { email: "meera@shop.example" });
    const address = { email: meera.email, email_verified: true };
    await comeIn("m1", address);
    // One that was made while he was known elsewhere is none for after that.
    await resetUser(ctx, owner, meera.id, REQUEST);
    expect(await take(owner, meera.id)).toEqual({ kind: "disconnected" });
    for (const sub of ["m1", "m2"]) expect(await comeIn(sub, address)).toEqual({ kind: "unknown" });
    expect(await db.userLink.count({ where: { endedAt: null } })).toBe(0);
    await resetUser(ctx, owner, meera.id, REQUEST);
    expect(await comeIn("m2", address)).toMatchObject({ kind: "signed_in", userId: meera.id });
  });

  it("leaves whoever has a password the link by which he sets another", async () => {
    await connect(asha, "a1");
    await resetUser(ctx, owner, asha.id, REQUEST);
    await take(owner, asha.id);
    expect(await db.userLink.count({ where: { endedAt: null } })).toBe(1);
  });

  it("leaves the last owner his way in", async () => {
    const second = await member(db, { role: "owner", passwordHash: null });
    await db.userIdentity.create({
      data: { issuer: ISSUER, subject: "o1", userId: second.id, linkedAt: ctx.now() },
    });
    await db.user.update({ where: { id: owner.id }, data: { disabledAt: ctx.now() } });
    expect(await take(owner, second.id)).toEqual({ kind: "last_owner" });
    expect(await db.userIdentity.count({ where: { userId: second.id } })).toBe(1);
  });

  it("is for whoever manages people and may touch him, with a recent proof and a reason", async () => {
    await connect(asha, "a1");
    const admin = await enter(ctx, await member(db, { role: "admin" }));
    const forbidden = { code: "forbidden" };
    await expect(take(asha, asha.id)).rejects.toMatchObject(forbidden);
    await expect(take(admin, owner.id)).rejects.toMatchObject(forbidden);
    await expect(take(admin, admin.id)).rejects.toMatchObject(forbidden);
    await expect(take(admin, asha.id, " ")).rejects.toMatchObject({ code: "invalid" });
    ctx.clock.advance(6 * 60_000);
    await expect(take(admin, asha.id)).rejects.toMatchObject({ code: "proof_needed" });
    expect(await db.userIdentity.count()).toBe(1);
  });
});
