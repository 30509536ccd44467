import { Secret, TOTP } from "otpauth";
import { createTestDatabase } from "#prisma/test-database.ts";
import {
  type AccessContext,
  accessContext,
  enter,
  FROM,
  member,
  PASSWORD,
  REQUEST,
} from "../access.fixture.ts";
import { findHalfSession, findSession, type Person } from "../session.ts";
import { signIn } from "../sign-in.ts";
import { confirmSecondFactor, offerSecondFactor } from "./enrol.ts";
import { passSecondStep } from "./pass-second-step.ts";
import type { SecondFactorPolicy } from "./second-factor-policy.ts";

/** How long a code is shown. */
export const STEP = 30_000;

/** A database, and somebody in it who has signed in and may set up a second factor. */
export async function secondFactorStage() {
  const { db, drop } = await createTestDatabase();
  let ctx: AccessContext;
  let asha: Person;

  /** Before each test: nobody but a new Asha. */
  async function begin(): Promise<{ ctx: AccessContext; asha: Person }> {
    ctx = accessContext(db);
    // In the middle of a step, so that a moment more or less changes nothing.
    ctx.clock.advance(STEP * 1.5 - (ctx.now().getTime() % STEP));
    await db.$transaction([db.user.deleteMany(), db.signInBucket.deleteMany()]);
    asha = await enter(ctx, await member(db));
    return { ctx, asha };
  }

  /** What the app on the phone shows, so many steps from now. */
  const codeOf = (secret: string, steps = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) }).generate({
      timestamp: ctx.now().getTime() + steps * STEP,
    });

  async function setUp(person = asha) {
    const { secret } = await offerSecondFactor(ctx, person);
    const result = await confirmSecondFactor(ctx, person, codeOf(secret), REQUEST);
    if (result.kind !== "set_up") throw new Error(result.kind);
    ctx.clock.advance(2 * STEP);
    return { secret, recoveryCodes: result.recoveryCodes };
  }

  /** The first step, by password. */
  async function firstStep(policy: SecondFactorPolicy = "offered", email = asha.email) {
    const result = await signIn(ctx, { email, password: PASSWORD }, FROM, policy);
    if (result.kind !== "signed_in") throw new Error(result.kind);
    const half = await findHalfSession(ctx, result.sessionId);
    return { ...result, half };
  }

  /** Both steps. */
  async function show(code: string, email = asha.email) {
    const { half } = await firstStep("offered", email);
    if (!half) throw new Error("The session is complete.");
    const { kind } = await passSecondStep(ctx, half, code, FROM);
    return { kind, isIn: (await findSession(ctx, half.person.sessionId, true)) !== null };
  }
  return { db, drop, begin, codeOf, setUp, firstStep, show };
}
