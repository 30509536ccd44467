import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { createUser } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { auditOf } from "./access.fixture.ts";
import { ensureFirstAdmin } from "./ensure-first-admin.ts";
import { signIn } from "./sign-in.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const lines: string[] = [];
const core = systemCore(
  db,
  createLog("warn", [], (line) => lines.push(line)),
);
const ADMIN = { email: "Boss@Keyhold.example", password: "twelve chars" };

beforeEach(async () => {
  lines.length = 0;
  await db.user.deleteMany();
});

describe("ensureFirstAdmin", () => {
  it("makes an owner who can sign in", async () => {
    await ensureFirstAdmin(core, ADMIN);
    const [admin, ...others] = await db.user.findMany();
    expect(admin).toMatchObject({ email: "boss@keyhold.example", name: "boss", role: "owner" });
    expect(admin?.grants).toEqual(["codes.values", "export"]);
    expect(admin?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(others).toEqual([]);
    const entries = await db.auditEntry.findMany({ where: { objectId: admin?.id ?? "" } });
    expect(entries).toMatchObject([
      {
        ...{ actorKind: "job", actorName: "start", action: "user.made-first-owner" },
        after: { email: "boss@keyhold.example", role: "owner", grants: ["codes.values", "export"] },
      },
    ]);
    const result = await signIn(core, ADMIN, { address: null, userAgent: null }, "offered");
    expect(result).toMatchObject({ kind: "signed_in" });
  });

  it("makes one when several processes start at once", async () => {
    await Promise.all(Array.from({ length: 5 }, () => ensureFirstAdmin(core, ADMIN)));
    const [admin, ...others] = await db.user.findMany();
    expect(others).toEqual([]);
    expect(await auditOf(db, admin?.id ?? "")).toEqual(["user.made-first-owner"]);
  });

  it("changes nothing once there is a user, even a disabled one", async () => {
    await createUser(db, { role: "viewer", disabledAt: new Date() });
    await ensureFirstAdmin(core, ADMIN);
    expect(await db.user.count()).toBe(1);
    await ensureFirstAdmin(core, { email: "not even", password: "valid" });
  });

  it.each([
    { email: undefined, password: ADMIN.password },
    { email: ADMIN.email, password: undefined },
  ])("warns and goes on without %j", async (admin) => {
    await ensureFirstAdmin(core, admin);
    expect(await db.user.count()).toBe(0);
    expect(lines.join()).toContain("set ADMIN_EMAIL and ADMIN_PASSWORD");
  });

  it.each([
    [{ ...ADMIN, password: "eleven char" }, "ADMIN_PASSWORD has to have 12 to 1000 characters."],
    [
      { ...ADMIN, password: "x".repeat(1_001) },
      "ADMIN_PASSWORD has to have 12 to 1000 characters.",
    ],
    [{ ...ADMIN, password: "password1234" }, "ADMIN_PASSWORD is one of those"],
    [{ ...ADMIN, password: "boss@keyhold.example" }, "ADMIN_PASSWORD is hardly more"],
    [{ ...ADMIN, email: "admin" }, "ADMIN_EMAIL is not an e-mail address."],
  ])("refuses what nobody could or should sign in with", async (admin, sentence) => {
    await expect(ensureFirstAdmin(core, admin)).rejects.toThrow(sentence);
    expect(await db.user.count()).toBe(0);
  });
});
