import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type AccessContext, auditOf, enter, member, REQUEST } from "../access.fixture.ts";
import { findSession, type Person } from "../session.ts";
import { endSecondFactorOf } from "./end-second-factor.ts";
import { renewRecoveryCodes } from "./keep-recovery-codes.ts";
import { secondFactorStage } from "./second-factor.fixture.ts";

const { db, drop, begin, setUp, show } = await secondFactorStage();
afterAll(drop);

let ctx: AccessContext;
let asha: Person;
beforeEach(async () => {
  ({ ctx, asha } = await begin());
});

describe("recovery codes", () => {
  it("are good once each, however they are typed, and are kept as hashes", async () => {
    const { recoveryCodes } = await setUp();
    const [first = "", second = ""] = recoveryCodes;
    expect(first).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(await show(first)).toMatchObject({ isIn: true });
    expect(await show(first)).toEqual({ kind: "refused", isIn: false });
    expect(await show(` ${second.toUpperCase().replaceAll("-", " ")} `)).toMatchObject({
      isIn: true,
    });
    const kept = await db.recoveryCode.findMany({ where: { userId: asha.id } });
    expect(kept.filter(({ usedAt }) => usedAt !== null)).toHaveLength(2);
    expect(kept.map(({ hash }) => Buffer.from(hash).toString())).not.toContain(first);
  });

  it("are worth nothing once there are newer ones", async () => {
    const { recoveryCodes } = await setUp();
    const person = { ...asha, provedAt: ctx.now() };
    const fresh = await renewRecoveryCodes(ctx, person, REQUEST);
    expect(await show(recoveryCodes[0] ?? "")).toEqual({ kind: "refused", isIn: false });
    expect(await show(fresh[0] ?? "")).toMatchObject({ isIn: true });
    const bare = await enter(ctx, await member(db));
    await expect(renewRecoveryCodes(ctx, bare, REQUEST)).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a lost second factor", () => {
  it("is taken away by an admin; sessions end, and its codes are worth nothing", async () => {
    const { recoveryCodes } = await setUp();
    const admin = await enter(ctx, await member(db, { role: "admin" }));
    const wish = { id: asha.id, reason: "Lost the phone" };
    await expect(endSecondFactorOf(ctx, asha, wish, REQUEST)).rejects.toMatchObject({
      code: "forbidden",
    });
    await endSecondFactorOf(ctx, admin, wish, REQUEST);
    expect(await findSession(ctx, asha.sessionId, true)).toBeNull();
    expect(await db.recoveryCode.count({ where: { userId: asha.id } })).toBe(0);
    expect(recoveryCodes).toHaveLength(10);
    await expect(endSecondFactorOf(ctx, admin, wish, REQUEST)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await auditOf(db, asha.id)).toEqual([
      ...["user.second-factor-set-up", "user.second-factor-removed"],
    ]);
  });
});
