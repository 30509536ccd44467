import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AccessContext,
  accessContext,
  enter,
  member,
  REQUEST,
} from "#lib/access/access.fixture.ts";
import { changePerson } from "#lib/access/people/change-person.ts";
import { disableUser } from "#lib/access/people/disable-user.ts";
import { readPerson } from "#lib/access/people/read-people.ts";
import type { Person } from "#lib/access/session.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { changeKey } from "./change-key.ts";
import { createKey } from "./create-key.ts";
import { revokeKey } from "./revoke-key.ts";
import { rotateKey } from "./rotate-key.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const FORBIDDEN = { code: "forbidden" };
let ctx: AccessContext;
let owner: Person;
let asha: Person;
let ravi: Person;

beforeEach(async () => {
  ctx = accessContext(db);
  await db.$transaction([db.user.deleteMany(), db.signInBucket.deleteMany()]);
  owner = await enter(ctx, await member(db, { role: "owner", name: "Olga" }));
  const grants = ["codes.values"];
  asha = await enter(ctx, await member(db, { role: "admin", name: "Asha", grants }));
  ravi = await enter(ctx, await member(db, { role: "admin", name: "Ravi", grants }));
});

async function keyBy(actor: Person, facts: object = {}) {
  const input = { name: "shop", scopes: ["orders:read"], ...facts };
  const made = await createKey(ctx, actor, input, REQUEST);
  if (made.kind !== "made") throw new Error(`No key: ${made.fields}`);
  return made;
}

const seenBy = async ({ id }: Person) => (await readPerson(ctx, owner, id))?.keys;
const shown = ({ id, name, prefix }: { id: string; name: string; prefix: string }) => ({
  ...{ id, name, prefix },
});

describe("a key that somebody was shown", () => {
  it("is named when he is disabled, and on his page while it works", async () => {
    const made = await keyBy(asha);
    await keyBy(ravi);
    expect(await db.apiKey.findUnique({ where: { id: made.id } })).toMatchObject({
      createdById: asha.id,
    });
    const wish = { id: asha.id, reason: "Left the team" };
    const disabled = { kind: "disabled", keys: [shown(made)] };
    expect(await disableUser(ctx, owner, wish, REQUEST)).toEqual(disabled);
    expect(await disableUser(ctx, owner, wish, REQUEST)).toEqual(disabled);
    const entry = await db.auditEntry.findFirst({ where: { action: "user.disabled" } });
    expect(entry?.details).toMatchObject({ keys: made.prefix });
    await revokeKey(ctx, owner, made.id, REQUEST);
    expect(await seenBy(asha)).toEqual([]);
  });

  it("is named when he may do or spend something else, and not when he is called otherwise", async () => {
    const keys = [shown(await keyBy(asha))];
    const change = (wish: object) => changePerson(ctx, owner, { id: asha.id, ...wish }, REQUEST);
    expect(await change({ name: "Asha Rao" })).toEqual({ kind: "saved", keys: [] });
    const spendLimits = [{ currency: "USD", perDay: "50" }];
    expect(await change({ spendLimits })).toEqual({ kind: "saved", keys });
    expect(await change({ grants: [] })).toEqual({ kind: "saved", keys });
    expect(await change({ role: "viewer" })).toEqual({ kind: "saved", keys });
  });

  it("is whose who was shown it last, and for a day still whose it was before", async () => {
    const made = await keyBy(asha);
    const second = await rotateKey(ctx, ravi, { id: made.id }, REQUEST);
    expect(await seenBy(asha)).toEqual([shown(made)]);
    expect(await seenBy(ravi)).toEqual([shown(second)]);
    ctx.clock.advance(24 * 3_600_000);
    expect(await seenBy(asha)).toEqual([]);
    expect(await seenBy(ravi)).toEqual([shown(second)]);
  });

  it("is nobody's any more once it is over", async () => {
    await keyBy(asha, { expiresInDays: 1 });
    expect(await seenBy(asha)).toHaveLength(1);
    ctx.clock.advance(24 * 3_600_000);
    expect(await seenBy(asha)).toEqual([]);
  });
});

describe("a key that orders", () => {
  const scopes = ["orders:write"];
  beforeEach(async () => {
    await db.spendLimit.create({ data: { userId: asha.id, currency: "USD", perDay: "50" } });
  });

  it.each([{}, { USD: "50.01" }, { EUR: "5" }])(
    "may spend no more than whoever makes it: %j",
    async (spendPerDay) => {
      await expect(keyBy(asha, { scopes, spendPerDay })).rejects.toMatchObject(FORBIDDEN);
      const { id } = await keyBy(owner, { scopes, spendPerDay });
      await expect(rotateKey(ctx, asha, { id }, REQUEST)).rejects.toMatchObject(FORBIDDEN);
      expect((await rotateKey(ctx, ravi, { id }, REQUEST)).kind).toBe("made");
    },
  );

  it("may spend as much, and in currencies that nothing limits what one likes", async () => {
    const { id } = await keyBy(asha, { scopes, spendPerDay: { USD: "50.00", EUR: "900" } });
    expect((await rotateKey(ctx, asha, { id }, REQUEST)).kind).toBe("made");
    expect((await keyBy(asha)).kind).toBe("made");
  });

  it("isn't let reach further than it could be made to, beside his others", async () => {
    const soon = { scopes, expiresInDays: 1 };
    const { id } = await keyBy(asha, { ...soon, spendPerDay: { USD: "30" } });
    await keyBy(asha, { ...soon, spendPerDay: { USD: "20" } });
    await db.spendLimit.updateMany({ where: { userId: asha.id }, data: { perDay: "30" } });
    const change = (wish: object) => changeKey(ctx, asha, { id, ...wish }, REQUEST);
    await expect(change({ expiresAt: null })).rejects.toMatchObject(FORBIDDEN);
    expect(await change({ ratePerMinute: 1 })).toEqual({ kind: "saved" });
    await db.spendLimit.updateMany({ where: { userId: asha.id }, data: { perDay: "50" } });
    expect(await change({ expiresAt: null })).toEqual({ kind: "saved" });
  });

  it("may spend what his others that work leave, also when they are made at once", async () => {
    const half = { scopes, spendPerDay: { USD: "25" } };
    const made = await Promise.allSettled([1, 2, 3].map(() => keyBy(asha, half)));
    expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected"]);
    await expect(keyBy(asha, { scopes, spendPerDay: { USD: "0.01" } })).rejects.toMatchObject(
      FORBIDDEN,
    );
    const [first, second] = await db.apiKey.findMany({ where: { seenById: asha.id } });
    // One of his own that leaked is replaced whatever the others may spend.
    const lower = { where: { userId: asha.id }, data: { perDay: "30" } };
    await db.spendLimit.updateMany(lower);
    expect((await rotateKey(ctx, asha, { id: first?.id ?? "" }, REQUEST)).kind).toBe("made");
    await db.spendLimit.updateMany({ ...lower, data: { perDay: "50" } });
    // A day long he still has the secret that somebody else has replaced.
    await rotateKey(ctx, ravi, { id: second?.id ?? "" }, REQUEST);
    await expect(keyBy(asha, half)).rejects.toMatchObject(FORBIDDEN);
    expect((await rotateKey(ctx, asha, { id: first?.id ?? "" }, REQUEST)).kind).toBe("made");
    await revokeKey(ctx, owner, first?.id ?? "", REQUEST);
    expect((await keyBy(asha, { ...half, expiresInDays: 1 })).kind).toBe("made");
    ctx.clock.advance(24 * 3_600_000);
    expect((await keyBy(await enter(ctx, asha), half)).kind).toBe("made");
  });
});
