import { afterAll, beforeEach, describe, expect, it } from "vitest";
import {
  type AccessContext,
  enter,
  FROM,
  member,
  REQUEST,
  useUpSignIns,
} from "../access.fixture.ts";
import { findHalfSession, findSession, type Person } from "../session.ts";
import { confirmSecondFactor, offerSecondFactor } from "./enrol.ts";
import { passSecondStep } from "./pass-second-step.ts";
import { STEP, secondFactorStage } from "./second-factor.fixture.ts";

const { db, drop, begin, codeOf, setUp, firstStep, show } = await secondFactorStage();
afterAll(drop);

let ctx: AccessContext;
let asha: Person;
beforeEach(async () => {
  ({ ctx, asha } = await begin());
});

describe("the second step", () => {
  it("lets nobody in before it, and whoever shows a code behind it", async () => {
    const { secret } = await setUp();
    const { sessionId, isHalf, half } = await firstStep();
    expect(isHalf).toBe(true);
    expect(half).toMatchObject({ step: "code", person: { id: asha.id } });
    expect(await findSession(ctx, sessionId, true)).toBeNull();
    if (half)
      expect(await passSecondStep(ctx, half, codeOf(secret), FROM)).toEqual({ kind: "passed" });
    expect(await findSession(ctx, sessionId, true)).toMatchObject({ id: asha.id });
    expect(await findHalfSession(ctx, sessionId)).toBeNull();
    const entry = await db.auditEntry.findFirstOrThrow({
      where: { action: "user.signed-in", objectId: asha.id },
      orderBy: { seq: "desc" },
    });
    expect(entry.details).toMatchObject({ session: sessionId, secondFactor: "app" });
  });

  it.each([-1, 0, 1])("takes the code of step %i, as clocks differ", async (steps) => {
    const { secret } = await setUp();
    ctx.clock.advance(STEP);
    expect(await show(` ${codeOf(secret, steps).replace(/^.../, "$& ")} `)).toMatchObject({
      isIn: true,
    });
  });

  it.each([-2, 2])("refuses the code of step %i", async (steps) => {
    const { secret } = await setUp();
    ctx.clock.advance(2 * STEP);
    expect(await show(codeOf(secret, steps))).toEqual({ kind: "refused", isIn: false });
  });

  it.each(["", " ", "12345", "1234567", "abcdef", "０１２３４５", "x".repeat(5_000)])(
    "refuses %j",
    async (code) => {
      await setUp();
      expect(await show(code)).toEqual({ kind: "refused", isIn: false });
    },
  );

  it("takes a code once, and none from before it", async () => {
    const { secret } = await setUp();
    expect(await show(codeOf(secret))).toMatchObject({ isIn: true });
    expect(await show(codeOf(secret))).toEqual({ kind: "refused", isIn: false });
    expect(await show(codeOf(secret, -1))).toEqual({ kind: "refused", isIn: false });
    expect(await show(codeOf(secret, 1))).toMatchObject({ isIn: true });
  });

  it("doesn't take the code that set it up", async () => {
    const { secret } = await offerSecondFactor(ctx, asha);
    await confirmSecondFactor(ctx, asha, codeOf(secret), REQUEST);
    expect(await show(codeOf(secret))).toEqual({ kind: "refused", isIn: false });
  });

  it("lets one in of many who show one code at once", async () => {
    const { secret, recoveryCodes } = await setUp();
    for (const code of [codeOf(secret), recoveryCodes[0] ?? ""]) {
      await db.signInBucket.deleteMany();
      const halves = await Promise.all(Array.from({ length: 5 }, () => firstStep()));
      const answers = await Promise.all(
        halves.map(({ half }) => half && passSecondStep(ctx, half, code, FROM)),
      );
      const kinds = answers.map((answer) => answer?.kind);
      expect(kinds.filter((kind) => kind === "passed")).toHaveLength(1);
      expect(kinds.filter((kind) => kind === "refused")).toHaveLength(4);
    }
  });

  it("can't be guessed at, whatever address the guesses come from, nor by the password again", async () => {
    const { secret } = await setUp();
    const halves = [];
    for (let n = 0; n < 12; n++) halves.push((await firstStep()).half);
    const answers = await Promise.all(
      halves.map((half, n) => {
        const from = { ...FROM, address: `198.51.100.${n}` };
        return half && passSecondStep(ctx, half, "000000", from);
      }),
    );
    expect(answers.filter((answer) => answer?.kind === "refused")).toHaveLength(5);
    expect(answers.filter((answer) => answer?.kind === "too_many")).toHaveLength(7);
    expect(await show(codeOf(secret))).toEqual({ kind: "too_many", isIn: false });
    ctx.clock.advance(15 * 60_000);
    expect(await show(codeOf(secret))).toMatchObject({ isIn: true });
  });

  it("is kept from nobody by those who use up all sign-ins", async () => {
    const { secret } = await setUp();
    const { half } = await firstStep();
    if (!half) throw new Error("The session is complete.");
    await useUpSignIns(db, ctx.now(), { email: asha.email, address: FROM.address });
    expect(await passSecondStep(ctx, half, codeOf(secret), FROM)).toEqual({ kind: "passed" });
  });

  it("leaves word of the limit that was reached, once: somebody has the password", async () => {
    const { secret } = await setUp();
    const { half } = await firstStep();
    if (!half) throw new Error("The session is complete.");
    const guess = () => passSecondStep(ctx, half, "000000", FROM);
    for (let n = 1; n < 5; n++) await guess();
    const where = { action: "user.second-factor-refused", objectId: asha.id };
    expect(await db.auditEntry.count({ where })).toBe(0);
    await Promise.all([guess(), guess(), guess()]);
    expect(await show(codeOf(secret))).toEqual({ kind: "too_many", isIn: false });
    expect(await db.auditEntry.findMany({ where })).toMatchObject([
      {
        ...{ actorKind: "user", actorId: asha.id, address: FROM.address, agent: FROM.userAgent },
        details: { session: half.person.sessionId, tries: 5 },
      },
    ]);
  });

  it("ends with the ten minutes that it has, with its session and with its user", async () => {
    const { secret } = await setUp();
    const { sessionId, half } = await firstStep();
    ctx.clock.advance(10 * 60_000 + 1);
    expect(await findHalfSession(ctx, sessionId)).toBeNull();
    ctx.clock.advance(-10 * 60_000 - 1);
    await db.session.updateMany({ where: { id: sessionId }, data: { revokedAt: ctx.now() } });
    expect(await findHalfSession(ctx, sessionId)).toBeNull();
    if (half)
      expect(await passSecondStep(ctx, half, codeOf(secret), FROM)).toEqual({ kind: "ended" });
    expect(await findSession(ctx, sessionId, true)).toBeNull();
  });

  it("belongs to its own person: another's code is no good", async () => {
    const { secret } = await setUp();
    const ravi = await enter(ctx, await member(db));
    await setUp(ravi);
    expect(await show(codeOf(secret), ravi.email)).toEqual({ kind: "refused", isIn: false });
  });
});
