import { afterAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/actor.ts";
import { scriptedSupplier, testActor, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { readRevealsOf } from "./read-reveals-of.ts";
import { revealCode } from "./reveal-code.ts";
import { REQUEST, stockOf } from "./stocked.fixture.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const signedIn = (role: "operator" | "viewer" = "operator") =>
  ({ ...testActor(role), provedAt: clock.now() }) as Extract<Actor, { kind: "user" }>;

describe("what a person revealed", () => {
  it("is told with the reason, the newest first, and no code", async () => {
    const operator = signedIn("operator");
    const other = { ...signedIn("operator"), id: "019abcde-0000-7000-8000-0000000000ff" };
    const { ids } = await stockOf(ctx, ["SECRET-AAAA-1111", "SECRET-BBBB-2222"]);
    const [first = "", second = ""] = ids;
    await revealCode(ctx, operator, first, "asked by the customer", REQUEST);
    clock.advance(1_000);
    await revealCode(ctx, operator, second, "sent by mail", REQUEST);
    await revealCode(ctx, other, first, "not theirs", REQUEST);

    const { rows, readAt } = await readRevealsOf(ctx, signedIn("operator"), operator.id);
    expect(rows).toMatchObject([
      { codeId: second, way: "shown", reason: "sent by mail" },
      { codeId: first, way: "shown", reason: "asked by the customer" },
    ]);
    expect(rows[0]?.at).toBe(clock.now().toISOString());
    expect(rows.every(({ mask, productName }) => mask !== "" && productName !== "")).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/SECRET|AAAA|BBBB/);
    expect(readAt).toBe(clock.now().toISOString());
  });

  it("is for those who may open codes themselves", async () => {
    const read = readRevealsOf(ctx, signedIn("viewer"), ctx.newId());
    await expect(read).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is nothing where there is nothing", async () => {
    expect((await readRevealsOf(ctx, signedIn("operator"), ctx.newId())).rows).toEqual([]);
  });
});
