import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AccessContext,
  accessContext,
  enter,
  member,
  REQUEST,
} from "#lib/access/access.fixture.ts";
import type { Person } from "#lib/access/session.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { changeKey } from "./change-key.ts";
import { checkKey } from "./check-key.ts";
import { createKey } from "./create-key.ts";
import type { KeyChange } from "./key-input.ts";
import { revokeKey } from "./revoke-key.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const DAY_MS = 86_400_000;
const FORBIDDEN = { code: "forbidden" };
const CONFLICT = { code: "conflict" };
const SAVED = { kind: "saved" };
let ctx: AccessContext;
let owner: Person;
let made: { id: string; key: string };

beforeEach(async () => {
  ctx = accessContext(db);
  await db.$transaction([db.apiKey.deleteMany(), db.apiBucket.deleteMany(), db.user.deleteMany()]);
  owner = await enter(ctx, await member(db, { role: "owner" }));
  made = await keyBy({ scopes: ["orders:read", "balance:read"] });
});

async function keyBy(facts: object) {
  const answer = await createKey(ctx, owner, { name: "shop", ...facts }, REQUEST);
  if (answer.kind !== "made") throw new Error(`No key: ${answer.fields}`);
  return answer;
}
const change = (wish: Partial<KeyChange>, by = owner, id = made.id) =>
  changeKey(ctx, by, { id, ...wish }, REQUEST);
const kept = () => db.apiKey.findUniqueOrThrow({ where: { id: made.id } });
const ask = (address = "203.0.113.7") => checkKey(ctx, `Bearer ${made.key}`, address);
const inDays = (days: number) => new Date(ctx.now().getTime() + days * DAY_MS).toISOString();
const audited = () =>
  db.auditEntry.findMany({
    where: { action: "api_key.changed", objectId: made.id },
    orderBy: { seq: "asc" },
  });

describe("a key that is changed", () => {
  it("is the same key, called and bounded otherwise from the next request on", async () => {
    const wish = { name: "Shop 2", allowedFrom: ["198.51.100.0/24"], ratePerMinute: 2 };
    expect(await change({ ...wish, scopes: ["orders:read"], expiresAt: inDays(3) })).toEqual(SAVED);
    expect(await ask()).toEqual({ kind: "refused", why: "address" });
    expect(await ask("198.51.100.4")).toMatchObject({
      kind: "ok",
      actor: { id: made.id, name: "Shop 2", scopes: ["orders:read"] },
    });
    await ask("198.51.100.4");
    expect(await ask("198.51.100.4")).toMatchObject({ kind: "rate_limited" });
    ctx.clock.advance(3 * DAY_MS);
    expect(await ask("198.51.100.4")).toEqual({ kind: "refused", why: "expired" });
  });

  it("leaves in the audit what was and what is, of that which is another", async () => {
    await change({ name: "shop", ratePerMinute: 60, scopes: ["balance:read"] });
    const [entry, ...others] = await audited();
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      before: { ratePerMinute: 600, scopes: "orders:read balance:read" },
      after: { ratePerMinute: 60, scopes: "balance:read" },
      actorId: owner.id,
    });
    expect(Object.keys(entry?.after as object)).toHaveLength(2);
    expect(await change({ ratePerMinute: 60 })).toEqual(SAVED);
    expect(await audited()).toHaveLength(1);
  });

  it("keeps what is left out, also beside somebody who changes something else", async () => {
    await Promise.all([change({ name: "Shop 2" }), change({ ratePerMinute: 7 })]);
    expect(await kept()).toMatchObject({ name: "Shop 2", ratePerMinute: 7, expiresAt: null });
    await change({ expiresAt: inDays(1) });
    await change({ expiresAt: null });
    expect((await kept()).expiresAt).toBeNull();
  });

  it.each([["codes:read"], ["orders:read", "events:read"]] as const)(
    "never gets another scope: %j",
    async (...scopes) => {
      await expect(change({ scopes: [...scopes] })).rejects.toMatchObject(CONFLICT);
      expect((await kept()).scopes).toEqual(["orders:read", "balance:read"]);
    },
  );

  it.each([
    [{ name: "" }, "name"],
    [{ name: "a\nb" }, "name"],
    [{ scopes: [] }, "scopes"],
    [{ allowedFrom: ["10.0.0.0/99"] }, "allowedFrom"],
    [{ ratePerMinute: 0 }, "ratePerMinute"],
    [{ expiresAt: "2020-01-01T00:00:00.000Z" }, "expiresAt"],
    [{ expiresAt: "2999-01-01T00:00:00.000Z" }, "expiresAt"],
    [{ expiresAt: "tomorrow" }, "expiresAt"],
  ])("is refused by the field: %j", async (wish, field) => {
    expect(await change(wish)).toEqual({ kind: "invalid", fields: [field] });
    expect(await audited()).toEqual([]);
  });

  it("isn't changed any more once it is over", async () => {
    const other = await keyBy({ scopes: ["orders:read"], expiresInDays: 1 });
    ctx.clock.advance(DAY_MS);
    const now = await enter(ctx, owner);
    await expect(change({ expiresAt: null }, now, other.id)).rejects.toMatchObject(CONFLICT);
    await revokeKey(ctx, now, made.id, REQUEST);
    await expect(change({ name: "again" }, now)).rejects.toMatchObject(CONFLICT);
    const unknown = change({ name: "x" }, now, ctx.newId());
    await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("whoever changes a key", () => {
  it("manages keys, and has proved himself lately", async () => {
    const lead = await enter(ctx, await member(db, { role: "lead" }));
    await expect(change({ name: "x" }, lead)).rejects.toMatchObject(FORBIDDEN);
    ctx.clock.advance(6 * 60_000);
    await expect(change({ name: "x" })).rejects.toMatchObject({ code: "proof_needed" });
  });

  it("bounds any, but widens none that he couldn't make", async () => {
    made = await keyBy({
      ...{ scopes: ["codes:read"], ratePerMinute: 100, expiresInDays: 9 },
      allowedFrom: ["203.0.113.7", "198.51.100.0/24"],
    });
    const admin = await enter(ctx, await member(db, { role: "admin", grants: [] }));
    const wider = [
      { ratePerMinute: 101 },
      { expiresAt: inDays(10) },
      { expiresAt: null },
      { allowedFrom: [] },
      { allowedFrom: ["203.0.113.7", "192.0.2.1"] },
    ];
    for (const wish of wider) await expect(change(wish, admin)).rejects.toMatchObject(FORBIDDEN);
    const within = ["203.0.113.7", "198.51.100.128/25", "198.51.100.4"];
    const narrower = { ratePerMinute: 99, expiresAt: inDays(8), allowedFrom: within };
    expect(await change({ name: "less", ...narrower }, admin)).toEqual(SAVED);
    for (const wish of wider) expect(await change(wish)).toEqual(SAVED);
  });

  it("widens none that may spend more in a day than he", async () => {
    const admin = await enter(ctx, await member(db, { role: "admin" }));
    await db.spendLimit.create({ data: { userId: admin.id, currency: "USD", perDay: "50" } });
    made = await keyBy({ scopes: ["orders:write"], spendPerDay: { USD: "51" } });
    await expect(change({ ratePerMinute: 601 }, admin)).rejects.toMatchObject(FORBIDDEN);
    expect(await change({ ratePerMinute: 599 }, admin)).toEqual(SAVED);
  });
});
