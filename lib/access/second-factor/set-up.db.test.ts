import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type AccessContext, auditOf, enter, FROM, member, REQUEST } from "../access.fixture.ts";
import { findSession, type Person } from "../session.ts";
import { endOwnSecondFactor } from "./end-second-factor.ts";
import { confirmSecondFactor, offerSecondFactor } from "./enrol.ts";
import { renewRecoveryCodes } from "./keep-recovery-codes.ts";
import { passSecondStep } from "./pass-second-step.ts";
import { secondFactorStage } from "./second-factor.fixture.ts";

const { db, drop, begin, codeOf, setUp, firstStep } = await secondFactorStage();
afterAll(drop);

let ctx: AccessContext;
let asha: Person;
beforeEach(async () => {
  ({ ctx, asha } = await begin());
});

describe("setting up", () => {
  it("takes the first code, ends other sessions, and goes on with this one", async () => {
    const other = await enter(ctx, { id: asha.id });
    const offer = await offerSecondFactor(ctx, asha);
    expect(offer.uri).toMatch(/^otpauth:\/\/totp\/Keyhold:/);
    expect(offer.secret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(offer.qr.path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
    const { totpSealed } = await db.user.findUniqueOrThrow({ where: { id: asha.id } });
    expect(totpSealed).toMatch(/^v2\|/);
    expect(await confirmSecondFactor(ctx, asha, "000000", REQUEST)).toEqual({ kind: "refused" });
    const done = await confirmSecondFactor(ctx, asha, codeOf(offer.secret), REQUEST);
    expect(done.kind === "set_up" && new Set(done.recoveryCodes).size).toBe(10);
    expect(await findSession(ctx, asha.sessionId, true)).not.toBeNull();
    expect(await findSession(ctx, other.sessionId, true)).toBeNull();
    expect(await auditOf(db, asha.id)).toEqual(["user.second-factor-set-up"]);
  });

  it("counts for nothing before the first code", async () => {
    await offerSecondFactor(ctx, asha);
    expect(await firstStep()).toMatchObject({ isHalf: false });
  });

  it("takes a code of the newest offer alone, and none where there is a second factor", async () => {
    const first = await offerSecondFactor(ctx, asha);
    const second = await offerSecondFactor(ctx, asha);
    const old = await confirmSecondFactor(ctx, asha, codeOf(first.secret), REQUEST);
    expect(old).toEqual({ kind: "refused" });
    await confirmSecondFactor(ctx, asha, codeOf(second.secret), REQUEST);
    const conflict = { code: "conflict" };
    await expect(offerSecondFactor(ctx, asha)).rejects.toMatchObject(conflict);
    await expect(
      confirmSecondFactor(ctx, asha, codeOf(second.secret, 1), REQUEST),
    ).rejects.toMatchObject(conflict);
  });

  it("happens once for five who confirm at once", async () => {
    const { secret } = await offerSecondFactor(ctx, asha);
    const tries = Array.from({ length: 5 }, () =>
      confirmSecondFactor(ctx, asha, codeOf(secret), REQUEST),
    );
    const answers = await Promise.allSettled(tries);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.recoveryCode.count({ where: { userId: asha.id } })).toBe(10);
  });

  it("brings no session back that ended meanwhile", async () => {
    const { secret } = await offerSecondFactor(ctx, asha);
    for (const data of [{ role: "viewer" }, { passwordHash: "another" }] as const) {
      await db.user.update({ where: { id: asha.id }, data });
      const tried = confirmSecondFactor(ctx, asha, codeOf(secret), REQUEST);
      await expect(tried).rejects.toMatchObject({ code: "conflict" });
      expect(await findSession(ctx, asha.sessionId, true)).toBeNull();
    }
    const again = await enter(ctx, { id: asha.id });
    await db.session.updateMany({ where: { userId: asha.id }, data: { revokedAt: ctx.now() } });
    await expect(confirmSecondFactor(ctx, again, codeOf(secret), REQUEST)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await db.recoveryCode.count()).toBe(0);
  });

  it("wants a recent proof, for all of it", async () => {
    const { secret } = await offerSecondFactor(ctx, asha);
    ctx.clock.advance(5 * 60_000 + 1);
    for (const act of [
      () => offerSecondFactor(ctx, asha),
      () => confirmSecondFactor(ctx, asha, codeOf(secret), REQUEST),
      () => renewRecoveryCodes(ctx, asha, REQUEST),
      () => endOwnSecondFactor(ctx, asha, "offered", REQUEST),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "proof_needed" });
    }
  });
});

describe("where a second factor is required", () => {
  it.each([
    ["operator", [], true],
    ["viewer", ["codes.values", "export"], false],
    ["finance", [], false],
    ["admin", [], true],
    ["owner", [], true],
  ] as const)("of a %s with %j: %s", async (role, grants, expected) => {
    const { email } = await member(db, { role, grants: [...grants] });
    const { sessionId, isHalf, half } = await firstStep("required", email);
    expect(isHalf).toBe(expected);
    expect(half?.step).toBe(expected ? "set_up" : undefined);
    expect((await findSession(ctx, sessionId, true)) === null).toBe(expected);
  });

  it("setting it up completes the session, and passing over it doesn't", async () => {
    const { sessionId, half } = await firstStep("required");
    if (!half) throw new Error("The session is complete.");
    expect(await passSecondStep(ctx, half, "000000", FROM)).toEqual({ kind: "ended" });
    expect(await findSession(ctx, sessionId, true)).toBeNull();
    await setUp(half.person);
    expect(await findSession(ctx, sessionId, true)).toMatchObject({ id: asha.id });
  });

  it("nobody of whom it is required gives it up", async () => {
    await setUp();
    const person = { ...asha, provedAt: ctx.now() };
    await expect(endOwnSecondFactor(ctx, person, "required", REQUEST)).rejects.toMatchObject({
      code: "forbidden",
    });
    await endOwnSecondFactor(ctx, person, "offered", REQUEST);
    expect(await findSession(ctx, asha.sessionId, true)).toBeNull();
    expect(await firstStep()).toMatchObject({ isHalf: false });
  });
});
