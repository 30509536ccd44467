"use server";

import { currentHalfSession } from "#app/_server/current-actor.ts";
import type { ActionResult } from "#app/_server/run-action.ts";
import { runPublicAction } from "#app/_server/run-public-action.ts";
import {
  type ConfirmResult,
  confirmSecondFactor,
  offerSecondFactor,
} from "#lib/access/second-factor/enrol.ts";
import {
  passSecondStep,
  type SecondStepResult,
} from "#lib/access/second-factor/pass-second-step.ts";
import type { TotpOffer } from "#lib/access/second-factor/totp.ts";
import type { HalfSession } from "#lib/access/session.ts";
import { KeyholdError } from "#lib/platform/errors.ts";

// For whoever is between the two steps of signing in, and for nobody else.

/** Completes the session by a code of the app, or a recovery code. */
export async function passSecondStepAction(code: string): Promise<ActionResult<SecondStepResult>> {
  return runPublicAction(async (ctx, { address, agent }) =>
    passSecondStep(ctx, await requireHalf(), String(code), { address, userAgent: agent }),
  );
}

/** A secret for an authenticator app, for whoever has to have one and has none. */
export async function offerAtSignInAction(): Promise<ActionResult<TotpOffer>> {
  return runPublicAction(async (ctx) => offerSecondFactor(ctx, (await requireHalf()).person));
}

/** Its first code completes the session. The recovery codes are in the answer, this once. */
export async function confirmAtSignInAction(code: string): Promise<ActionResult<ConfirmResult>> {
  return runPublicAction(async (ctx, request) =>
    confirmSecondFactor(ctx, (await requireHalf()).person, String(code), request),
  );
}

async function requireHalf(): Promise<HalfSession> {
  const half = await currentHalfSession();
  if (!half) throw new KeyholdError("unauthenticated", "nobody is between the two steps");
  return half;
}
