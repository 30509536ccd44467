import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PATIENT } from "#lib/platform/db.ts";
import { createInvitation, createInvited } from "#prisma/factories.ts";
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
import { changePerson } from "../people/change-person.ts";
import { requireRecentProof } from "../proof.ts";
import type { SecondFactorPolicy } from "../second-factor/second-factor-policy.ts";
import { findHalfSession, findSession } from "../session.ts";
import { signInByIdentity } from "./sign-in-by-identity.ts";
import { mappedRole, type SingleSignOn, singleSignOn } from "./single-sign-on.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const SETTING: SingleSignOn = {
  ...{ issuer: "https://login.example.com", clientId: "k", clientSecret: "s", name: "Login" },
  ...{ scope: "openid email", roles: null, secondFactor: "claim" },
};
const ROLES = {
  claim: "groups",
  of: new Map([
    ["ops", "operator"],
    ["boss", "admin"],
  ] as const),
};
const MEERA = {
  ...{ iss: SETTING.issuer, sub: "m1", email: "Meera@shop.example", email_verified: true },
};
const PATIENCE = { timeout: 30_000, interval: 25 };
const REFUSED = { kind: "unknown" };
let ctx: AccessContext;

beforeEach(async () => {
  ctx = accessContext(db);
  await db.user.deleteMany();
});

const invited = (facts = {}) => createInvited(db, { email: "meera@shop.example", ...facts });
const comeIn = (
  claims: unknown,
  setting: Partial<SingleSignOn> = {},
  policy: SecondFactorPolicy = "offered",
) => signInByIdentity(ctx, claims, { singleSignOn: { ...SETTING, ...setting }, policy }, FROM);

/** Until so many stand behind a lock. */
const waiting = (count: number) =>
  vi.waitFor(async () => {
    const rows = await db.$queryRaw<unknown[]>`
      select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    expect(rows).toHaveLength(count);
  }, PATIENCE);

describe("who a provider's person is here", () => {
  it("is whoever was invited with his verified address, linked once for all", async () => {
    const { id } = await invited();
    expect(await comeIn(MEERA)).toMatchObject({ kind: "signed_in", userId: id, isHalf: false });
    // Some providers have no word on addresses at all.
    const { iss, sub } = MEERA;
    expect(await comeIn({ iss, sub })).toMatchObject({ userId: id });
    expect(await db.userIdentity.count()).toBe(1);
    expect(await auditOf(db, id)).toEqual(["user.linked"]);
  });

  it.each([
    ["an unverified address", { email_verified: false }],
    ["an address that is verified in a word", { email_verified: "true" }],
    ["no word on the address", { email_verified: undefined }],
    ["another address", { email: "mira@shop.example" }],
    ["no address", { email: undefined }],
    ["no subject", { sub: "" }],
    ["no issuer", { iss: undefined }],
  ])("is nobody with %s", async (_, claims) => {
    await invited();
    expect(await comeIn({ ...MEERA, ...claims })).toEqual(REFUSED);
    expect(await db.userIdentity.count()).toBe(0);
    expect(await db.session.count()).toBe(0);
  });

  it("is never somebody who signs in with a password, or is linked to another", async () => {
    const asha = await member(db, { email: "meera@shop.example" });
    expect(await comeIn(MEERA)).toEqual(REFUSED);
    await db.user.delete({ where: { id: asha.id } });
    await invited();
    await comeIn(MEERA);
    expect(await comeIn({ ...MEERA, sub: "m2" })).toEqual(REFUSED);
    expect(await comeIn({ ...MEERA, iss: "https://other.example" })).toEqual(REFUSED);
  });

  it("is nobody while he is disabled", async () => {
    const { id } = await invited();
    await comeIn(MEERA);
    await db.user.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await comeIn(MEERA)).toEqual({ kind: "disabled" });
  });

  it("is nobody without an invitation that nobody has taken; an old one is one", async () => {
    const { id } = await member(db, { email: "meera@shop.example", passwordHash: null });
    expect(await comeIn(MEERA)).toEqual(REFUSED);
    await createInvitation(db, id);
    await db.userLink.updateMany({ data: { endedAt: ctx.now() } });
    expect(await comeIn(MEERA)).toEqual(REFUSED);
    await createInvitation(db, id);
    ctx.clock.advance(90 * 24 * 3_600_000);
    expect(await comeIn(MEERA)).toMatchObject({ userId: id });
    expect(await db.userLink.count({ where: { endedAt: null } })).toBe(0);
  });

  it("is one, for two who come at once by one address", async () => {
    await invited();
    const answers = await Promise.all([comeIn(MEERA), comeIn({ ...MEERA, sub: "m2" })]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(["signed_in", "unknown"]);
  });
});

describe("beside somebody who changes people", () => {
  it("opens no session by an account that is being disconnected", async () => {
    const { id } = await invited();
    await comeIn(MEERA);
    const { coming } = await db.$transaction(async (tx) => {
      await tx.$executeRaw`select 1 from users where id = ${id}::uuid for no key update`;
      const coming = comeIn(MEERA);
      await waiting(1);
      await tx.userIdentity.deleteMany({ where: { userId: id } });
      await tx.session.deleteMany({ where: { userId: id } });
      return { coming };
    }, PATIENT);
    expect(await coming).toEqual(REFUSED);
    expect(await db.session.count()).toBe(0);
  });

  it("waits for nothing while it keeps others waiting", async () => {
    const owner = await member(db, { role: "owner" });
    const { id } = await invited({ role: "viewer" });
    const boss = await enter(ctx, owner);
    // Both stand in line behind the owner's row. Whoever held the person's already would be waited for in turn.
    const acts: Promise<unknown>[] = [];
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`select 1 from users where id = ${owner.id}::uuid for no key update`;
      acts.push(changePerson(ctx, boss, { id, name: "Meera Rao" }, REQUEST));
      await waiting(1);
      acts.push(comeIn({ ...MEERA, groups: ["ops"] }, { roles: ROLES }));
      await waiting(2);
    }, PATIENT);
    expect(await Promise.all(acts)).toMatchObject([{ kind: "saved" }, { kind: "signed_in" }]);
    const { name, role } = await db.user.findUniqueOrThrow({ where: { id } });
    expect({ name, role }).toEqual({ name: "Meera Rao", role: "operator" });
  });
});

describe("the role", () => {
  const roleOf = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).role;

  it("stays as it is given here where none is mapped", async () => {
    const { id } = await invited({ role: "viewer" });
    await comeIn({ ...MEERA, groups: ["boss"] });
    expect(await roleOf(id)).toBe("viewer");
  });

  it("is the highest that is mapped, at each sign-in, and sessions of another end", async () => {
    const { id } = await invited({ role: "viewer" });
    const first = await comeIn({ ...MEERA, groups: ["ops", "boss"] }, { roles: ROLES });
    expect(await roleOf(id)).toBe("admin");
    await comeIn({ ...MEERA, groups: "ops" }, { roles: ROLES });
    expect(await roleOf(id)).toBe("operator");
    const sessionId = first.kind === "signed_in" ? first.sessionId : "";
    expect(await findSession(ctx, sessionId, true)).toBeNull();
  });

  it.each([[[]], [["strangers"]], [undefined], [{ ops: true }]])(
    "is none with %j: nobody comes in",
    async (groups) => {
      await invited();
      expect(await comeIn({ ...MEERA, groups }, { roles: ROLES })).toEqual({ kind: "no_role" });
      expect(await db.session.count()).toBe(0);
    },
  );

  it("isn't taken from the last owner", async () => {
    const { id } = await invited({ role: "owner" });
    await comeIn({ ...MEERA, groups: ["ops"] }, { roles: ROLES });
    expect(await roleOf(id)).toBe("owner");
  });

  it("is read from the configuration, or a sentence says why not", () => {
    const env = { OIDC_NAME: "x", OIDC_SCOPE: "openid", OIDC_SECOND_FACTOR: "claim" } as const;
    const all = { ...env, OIDC_ISSUER: "https://x", OIDC_CLIENT_ID: "i", OIDC_CLIENT_SECRET: "s" };
    expect(singleSignOn(env)).toBeNull();
    const read = singleSignOn({
      ...all,
      OIDC_ROLE_CLAIM: "g",
      OIDC_ROLES: "a=b=admin, ops = viewer",
    });
    expect([...(read?.roles?.of ?? [])]).toEqual([
      ["a=b", "admin"],
      ["ops", "viewer"],
    ]);
    expect(() => singleSignOn({ ...env, OIDC_CLIENT_ID: "i" })).toThrow("belong together");
    expect(() => singleSignOn({ ...all, OIDC_ROLES: "a=admin" })).toThrow("belong together");
    expect(() => singleSignOn({ ...all, OIDC_ROLE_CLAIM: "g", OIDC_ROLES: "a=god" })).toThrow(
      "ops=operator",
    );
    expect(mappedRole(["toString", "__proto__"], ROLES.of)).toBeNull();
  });
});

describe("the second factor", () => {
  it.each([
    ["offered", "claim", undefined, false],
    ["required", "claim", undefined, true],
    ["required", "claim", ["pwd"], true],
    ["required", "claim", ["pwd", "otp"], false],
    ["required", "trusted", undefined, false],
  ] as const)("%s, %s, amr %j: another step %s", async (policy, secondFactor, amr, isHalf) => {
    await invited();
    const result = await comeIn({ ...MEERA, amr }, { secondFactor }, policy);
    expect(result).toMatchObject({ kind: "signed_in", isHalf });
    if (result.kind !== "signed_in") return;
    expect((await findSession(ctx, result.sessionId, true)) === null).toBe(isHalf);
    expect((await findHalfSession(ctx, result.sessionId)) !== null).toBe(isHalf);
  });

  it("or the proof isn't there where the provider doesn't say when it asked", async () => {
    const { id } = await invited();
    for (const auth_time of [undefined, 0]) {
      const silent = await comeIn({ ...MEERA, auth_time });
      if (silent.kind !== "signed_in") throw new Error(silent.kind);
      const person = await findSession(ctx, silent.sessionId, true);
      if (!person) throw new Error("no session");
      expect(() => requireRecentProof(ctx, person)).toThrow("too long ago");
      expect(person).toMatchObject({ id, provedAt: null });
    }
  });

  it("of one's own is asked for all the same, and a sign-in of hours ago is no recent proof", async () => {
    const { id } = await invited();
    await comeIn(MEERA);
    const authTime = Math.floor(ctx.now().getTime() / 1_000) - 7_200;
    const old = await comeIn({ ...MEERA, auth_time: authTime });
    if (old.kind !== "signed_in") throw new Error(old.kind);
    expect(await findSession(ctx, old.sessionId, true)).toMatchObject({
      provedAt: new Date(authTime * 1_000),
    });
    await db.user.update({
      where: { id },
      data: { totpSealed: "v2|t1|x|x|x", totpConfirmedAt: new Date() },
    });
    expect(await comeIn({ ...MEERA, amr: ["mfa"] })).toMatchObject({ isHalf: true });
  });
});
