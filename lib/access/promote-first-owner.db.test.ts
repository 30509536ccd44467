import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { verifyAuditChain } from "#lib/audit/verify-audit-chain.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { accessContext, auditOf, FROM, member } from "./access.fixture.ts";
import { promoteFirstOwner } from "./promote-first-owner.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = accessContext(db);

beforeEach(async () => {
  await db.user.deleteMany();
});

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(ctx.now().getTime() - minutes * MINUTE);
const admin = (createdAgo: number, facts = {}) =>
  member(db, { role: "admin", grants: [], createdAt: ago(createdAgo), ...facts });
const used = ({ id }: { id: string }, minutesAgo: number) =>
  db.session.create({
    data: {
      ...{ id: ctx.newId(), userId: id, version: 1, ...FROM, method: "password" },
      ...{ lastUsedAt: ago(minutesAgo), expiresAt: ago(minutesAgo - 1) },
    },
  });
const owners = async () =>
  (await db.user.findMany({ where: { role: "owner" } })).map(({ id }) => id);

describe("promoteFirstOwner", () => {
  it("takes the admin who was here last, not the oldest, and notes it", async () => {
    await used(await admin(900), 500);
    const current = await admin(300);
    await used(current, 700);
    await used(current, 2);
    await used(await admin(200, { disabledAt: ago(1) }), 1);
    await used(await member(db, { role: "operator" }), 0);
    await promoteFirstOwner(ctx);
    expect(await owners()).toEqual([current.id]);
    const entry = await db.auditEntry.findFirstOrThrow({ where: { objectId: current.id } });
    expect(entry).toMatchObject({
      ...{ actorKind: "job", actorName: "start", action: "user.made-first-owner" },
      before: { role: "admin", grants: [] },
      after: { role: "owner", grants: ["codes.values", "export"] },
    });
    expect(await verifyAuditChain(ctx)).toMatchObject({ ok: true });
  });

  it("takes the oldest where none of them has been here", async () => {
    await admin(100);
    const oldest = await admin(200);
    await promoteFirstOwner(ctx);
    expect(await owners()).toEqual([oldest.id]);
  });

  it("promotes one when several processes start at once, and nobody later", async () => {
    for (const minutes of [1, 2, 3]) await used(await admin(minutes), minutes);
    await Promise.all(Array.from({ length: 5 }, () => promoteFirstOwner(ctx)));
    const [first, ...others] = await owners();
    expect(others).toEqual([]);
    expect(await auditOf(db, first ?? "")).toEqual(["user.made-first-owner"]);
    await db.user.update({ where: { id: first ?? "" }, data: { disabledAt: ago(0) } });
    await promoteFirstOwner(ctx);
    expect(await owners()).toEqual([first]);
  });

  it("leaves people alone where no admin could come in", async () => {
    await promoteFirstOwner(ctx);
    await admin(3, { disabledAt: ago(1) });
    await member(db, { role: "lead" });
    await promoteFirstOwner(ctx);
    expect(await owners()).toEqual([]);
  });
});
