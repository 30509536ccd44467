import { v7 } from "uuid";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { testActor } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  type AccessContext,
  accessContext,
  auditOf,
  enter,
  member,
  REQUEST,
} from "../access.fixture.ts";
import type { Actor } from "../actor.ts";
import { ROLES } from "../permissions.ts";
import { findSession, type Person } from "../session.ts";
import { changePerson } from "./change-person.ts";
import { disableUser, enableUser } from "./disable-user.ts";
import { endSessions } from "./end-sessions.ts";
import { inviteUser } from "./invite-user.ts";
import { readGranters, readOwnAccount, readPeople, readPerson } from "./read-people.ts";
import { resetUser } from "./reset-user.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

let ctx: AccessContext;
let owner: Person;
let admin: Person;
let asha: Person;

beforeEach(async () => {
  ctx = accessContext(db);
  await db.$transaction([db.user.deleteMany(), db.signInBucket.deleteMany()]);
  owner = await enter(ctx, await member(db, { role: "owner", name: "Olga" }));
  admin = await enter(ctx, await member(db, { role: "admin", name: "Arun" }));
  asha = await enter(ctx, await member(db, { name: "Asha" }));
});

const isIn = async ({ sessionId }: Person) => (await findSession(ctx, sessionId, true)) !== null;
const change = (by: Actor, id: string, wish: Record<string, unknown>) =>
  changePerson(ctx, by, { id, ...wish }, REQUEST);
const disable = (by: Actor, id: string) =>
  disableUser(ctx, by, { id, reason: "Left the team" }, REQUEST);
const FORBIDDEN = { code: "forbidden" };

describe("who may", () => {
  const acts: [string, (by: Actor) => Promise<unknown>][] = [
    ["invite", (by) => inviteUser(ctx, by, {}, REQUEST)],
    ["change", (by) => change(by, asha.id, { role: "viewer" })],
    ["disable", (by) => disable(by, asha.id)],
    ["enable", (by) => enableUser(ctx, by, asha.id, REQUEST)],
    ["reset", (by) => resetUser(ctx, by, asha.id, REQUEST)],
    ["end sessions", (by) => endSessions(ctx, by, { userId: asha.id }, REQUEST)],
  ];
  const reads: [string, (by: Actor) => Promise<unknown>][] = [
    ["see people", (by) => readPeople(ctx, by)],
    ["see a person", (by) => readPerson(ctx, by, asha.id)],
  ];

  it.each([...acts, ...reads])(
    "%s: owners and admins, no other role and no key",
    async (_, act) => {
      for (const role of ROLES) {
        const tried = act(testActor(role));
        if (role === "owner" || role === "admin") await tried;
        else await expect(tried).rejects.toMatchObject(FORBIDDEN);
      }
      const key = { kind: "key", id: v7(), name: "Shop", scopes: ["orders:write"] } as const;
      await expect(act(key)).rejects.toMatchObject(FORBIDDEN);
    },
  );

  it.each(acts)("%s: only with a recent proof", async (_, act) => {
    const before = await db.user.findUniqueOrThrow({ where: { id: asha.id } });
    ctx.clock.advance(5 * 60_000 + 1);
    await expect(act(admin)).rejects.toMatchObject({ code: "proof_needed" });
    expect(await db.user.findUniqueOrThrow({ where: { id: asha.id } })).toEqual(before);
    expect(await auditOf(db, asha.id)).toEqual([]);
  });

  it("touch an owner: only an owner", async () => {
    const other = await member(db, { role: "owner" });
    for (const act of [
      () => change(admin, other.id, { role: "viewer" }),
      () => disable(admin, other.id),
      () => resetUser(ctx, admin, other.id, REQUEST),
      () => endSessions(ctx, admin, { userId: other.id }, REQUEST),
    ]) {
      await expect(act()).rejects.toMatchObject(FORBIDDEN);
    }
    expect(await disable(owner, other.id)).toEqual({ kind: "disabled", keys: [] });
  });

  it("make an owner: only an owner", async () => {
    await expect(change(admin, asha.id, { role: "owner" })).rejects.toMatchObject(FORBIDDEN);
    expect(await change(owner, asha.id, { role: "owner" })).toEqual({ kind: "saved", keys: [] });
  });

  it("give a grant: whoever has it, and owners; anybody who manages people takes it away", async () => {
    const few = await enter(ctx, await member(db, { role: "admin", grants: ["export"] }));
    const none = await member(db, { grants: [] });
    const invite = (by: Actor, email: string, grants: string[]) => {
      const person = { email, name: "B", role: "admin", grants, spendLimits: [] };
      return inviteUser(ctx, by, person, REQUEST);
    };
    const both = ["codes.values", "export"];
    await expect(change(few, none.id, { grants: both })).rejects.toMatchObject(FORBIDDEN);
    await expect(invite(few, "b@shop.example", both)).rejects.toMatchObject(FORBIDDEN);
    expect(await db.user.count({ where: { email: "b@shop.example" } })).toBe(0);
    expect(await readPerson(ctx, few, none.id)).toMatchObject({ grantable: ["export"] });
    expect(await readPeople(ctx, few)).toMatchObject({ grantable: ["export"] });

    expect(await change(few, none.id, { grants: ["export"] })).toEqual({ kind: "saved", keys: [] });
    expect(await invite(few, "b@shop.example", ["export"])).toMatchObject({ kind: "invited" });
    // What somebody has already he keeps, or loses.
    expect(await readPerson(ctx, few, asha.id)).toMatchObject({ grantable: both });
    expect(await change(few, asha.id, { grants: both, name: "A" })).toEqual({
      kind: "saved",
      keys: [],
    });
    expect(await change(few, asha.id, { grants: [] })).toEqual({ kind: "saved", keys: [] });

    const bare = await enter(ctx, await member(db, { role: "owner", grants: [] }));
    const job = { kind: "job", name: "command line" } as const;
    expect(await change(bare, asha.id, { grants: both })).toEqual({ kind: "saved", keys: [] });
    expect(await change(job, none.id, { grants: both })).toEqual({ kind: "saved", keys: [] });
  });

  it.each([{ role: "owner" }, { grants: [] }, { spendLimits: [] }, { name: "Boss" }])(
    "change himself to %j: nobody",
    async (wish) => {
      await expect(change(admin, admin.id, wish)).rejects.toMatchObject(FORBIDDEN);
      await expect(change(owner, owner.id, wish)).rejects.toMatchObject(FORBIDDEN);
      await expect(disable(owner, owner.id)).rejects.toMatchObject(FORBIDDEN);
    },
  );

  it("act on somebody who isn't there: nobody", async () => {
    for (const id of [v7(), "nonsense", "' or 1=1 --"]) {
      await expect(disable(owner, id)).rejects.toMatchObject({ code: "not_found" });
      expect(await readPerson(ctx, owner, id)).toBeNull();
    }
  });
});

describe("changing a person", () => {
  it("ends the sessions of before, and is audited with before and after", async () => {
    const limits = [{ currency: "USD", perDay: "50" }];
    const wish = { role: "lead", grants: ["export"], spendLimits: limits };
    expect(await change(admin, asha.id, wish)).toEqual({ kind: "saved", keys: [] });
    expect(await isIn(asha)).toBe(false);
    expect(await isIn(admin)).toBe(true);
    expect(await readPerson(ctx, admin, asha.id)).toMatchObject({ ...wish, sessions: [] });
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { action: "user.changed", objectId: asha.id },
    });
    expect(entry).toMatchObject({
      actorId: admin.id,
      objectId: asha.id,
      before: { role: "operator", grants: ["codes.values", "export"], spendLimits: [] },
      after: { role: "lead", grants: ["export"], spendLimits: ["50 USD"] },
    });
  });

  it.each([{ grants: [] }, { role: "viewer" }])("%j ends his sessions at once", async (wish) => {
    await change(admin, asha.id, wish);
    expect(await isIn(asha)).toBe(false);
  });

  it.each([{ name: "Asha Rao" }, { spendLimits: [{ currency: "USD", perDay: "0" }] }])(
    "%j leaves his sessions alone",
    async (wish) => {
      await change(admin, asha.id, wish);
      expect(await isIn(asha)).toBe(true);
    },
  );

  it.each([
    { role: "god" },
    { grants: ["orders.place"] },
    { name: " " },
    { spendLimits: [{ currency: "USD", perDay: "-1" }] },
    { spendLimits: [{ currency: "usd", perDay: "1" }] },
    { spendLimits: [{ currency: "USD", perDay: "1e9" }] },
    { spendLimits: ["1", "2"].map((perDay) => ({ currency: "USD", perDay })) },
  ])("refuses %j", async (wish) => {
    expect(await change(admin, asha.id, wish)).toEqual({
      kind: "invalid",
      fields: [Object.keys(wish)[0]],
    });
  });
});

describe("the last owner", () => {
  it("can be neither disabled nor made less by an owner without a way in", async () => {
    const invited = await member(db, { role: "owner", passwordHash: null });
    const job = { kind: "job", name: "command line" } as const;
    expect(await disable(job, owner.id)).toEqual({ kind: "last_owner" });
    expect(await change(job, owner.id, { role: "admin" })).toEqual({ kind: "last_owner" });
    expect(await isIn(owner)).toBe(true);
    expect(await disable(owner, invited.id)).toEqual({ kind: "disabled", keys: [] });
  });

  it("stays, when owners disable and demote one another at once", async () => {
    for (let round = 0; round < 10; round++) {
      const other = await enter(ctx, await member(db, { role: "owner" }));
      const acts =
        round % 2 === 0
          ? [() => disable(owner, other.id), () => disable(other, owner.id)]
          : [() => change(owner, other.id, { role: "viewer" }), () => disable(other, owner.id)];
      const answers = await Promise.allSettled(acts.map((act) => act()));
      const left = await db.user.findMany({ where: { role: "owner", disabledAt: null } });
      expect(left).toHaveLength(1);
      const refused = answers.filter(
        (answer) => answer.status === "fulfilled" && answer.value.kind === "last_owner",
      );
      expect(refused).toHaveLength(1);
      owner = left[0]?.id === owner.id ? owner : other;
    }
  });
});

describe("disabling", () => {
  it("refuses the very next request, ends links, and can be taken back", async () => {
    await resetUser(ctx, admin, asha.id, REQUEST);
    expect(await disable(admin, asha.id)).toEqual({ kind: "disabled", keys: [] });
    expect(await isIn(asha)).toBe(false);
    expect(await readPerson(ctx, admin, asha.id)).toMatchObject({
      ...{ standing: "disabled", link: null, sessions: [] },
    });
    await expect(resetUser(ctx, admin, asha.id, REQUEST)).rejects.toMatchObject({
      code: "conflict",
    });
    await enableUser(ctx, admin, asha.id, REQUEST);
    expect(await isIn(asha)).toBe(false);
    expect(await isIn(await enter(ctx, asha))).toBe(true);
    expect(await auditOf(db, asha.id)).toEqual([
      ...["user.reset-link-made", "user.disabled", "user.enabled"],
    ]);
  });
});

describe("sessions", () => {
  it("are listed with device and address, and end one by one or all but one's own", async () => {
    const [second, third] = [await enter(ctx, asha), await enter(ctx, asha)];
    const { sessions } = await readOwnAccount(ctx, third, "offered");
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ isThis }) => isThis).map(({ id }) => id)).toEqual([third.sessionId]);
    expect(sessions[0]).toMatchObject({ device: { browser: "Firefox", system: "Linux" } });

    expect(
      await endSessions(ctx, asha, { userId: asha.id, sessionId: second.sessionId }, REQUEST),
    ).toBe(1);
    expect([await isIn(asha), await isIn(second), await isIn(third)]).toEqual([true, false, true]);
    expect(await endSessions(ctx, third, { userId: asha.id }, REQUEST)).toBe(1);
    expect([await isIn(asha), await isIn(third)]).toEqual([false, true]);
    expect(await endSessions(ctx, admin, { userId: asha.id }, REQUEST)).toBe(1);
    expect(await isIn(third)).toBe(false);
  });

  it("of others can't be ended by their number", async () => {
    await expect(
      endSessions(ctx, asha, { userId: admin.id, sessionId: admin.sessionId }, REQUEST),
    ).rejects.toMatchObject(FORBIDDEN);
    expect(
      await endSessions(ctx, asha, { userId: asha.id, sessionId: admin.sessionId }, REQUEST),
    ).toBe(0);
    expect(await isIn(admin)).toBe(true);
  });
});

it("names who could grant a right", async () => {
  await member(db, { role: "admin", name: "Gone", disabledAt: new Date() });
  await member(db, { role: "admin", name: "Not yet", passwordHash: null });
  await member(db, { role: "admin", name: "Few", grants: ["export"] });
  expect(await readGranters(ctx, null)).toEqual(["Olga", "Arun", "Few"]);
  expect(await readGranters(ctx, "export")).toEqual(["Olga", "Arun", "Few"]);
  expect(await readGranters(ctx, "codes.values")).toEqual(["Olga", "Arun"]);
});
