"use server";

import { keepConnectIntent } from "#app/_server/connect-elsewhere.ts";
import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import { policy } from "#app/_server/second-factor.ts";
import { changeOwnPassword, type PasswordChange } from "#lib/access/people/change-own-password.ts";
import { endSessions } from "#lib/access/people/end-sessions.ts";
import { endOwnSecondFactor } from "#lib/access/second-factor/end-second-factor.ts";
import {
  type ConfirmResult,
  confirmSecondFactor,
  offerSecondFactor,
} from "#lib/access/second-factor/enrol.ts";
import { renewRecoveryCodes } from "#lib/access/second-factor/keep-recovery-codes.ts";
import type { TotpOffer } from "#lib/access/second-factor/totp.ts";
import { beginConnecting } from "#lib/access/single-sign-on/connect-identity.ts";
import { disconnectIdentity } from "#lib/access/single-sign-on/disconnect-identity.ts";

// Everybody's own: whoever is signed in acts on himself alone.

/** Sets another password; all other sessions end. */
export async function changeOwnPasswordAction(
  current: string,
  next: string,
): Promise<ActionResult<PasswordChange>> {
  return runAction((ctx, actor, request) =>
    changeOwnPassword(ctx, actor, { current, next }, request),
  );
}

/** A secret for an authenticator app; it counts from its first code on. */
export async function offerSecondFactorAction(): Promise<ActionResult<TotpOffer>> {
  return runAction((ctx, actor) => offerSecondFactor(ctx, actor));
}

/** The first code of the app. The recovery codes are in the answer, this once. */
export async function confirmSecondFactorAction(
  code: string,
): Promise<ActionResult<ConfirmResult>> {
  return runAction((ctx, actor, request) => confirmSecondFactor(ctx, actor, String(code), request));
}

/** Ten new recovery codes in place of those of before; in the answer, this once. */
export async function renewRecoveryCodesAction(): Promise<ActionResult<string[]>> {
  return runAction((ctx, actor, request) => renewRecoveryCodes(ctx, actor, request));
}

/** Gives up the second factor; this session ends too. */
export async function endOwnSecondFactorAction(): Promise<ActionResult<boolean>> {
  return runAction(async (ctx, actor, request) => {
    await endOwnSecondFactor(ctx, actor, policy(), request);
    return true;
  });
}

/** Ends one of the own sessions, or all but this one. Answers how many. */
export async function endOwnSessionsAction(
  sessionId: string | null,
): Promise<ActionResult<number>> {
  return runAction((ctx, actor, request) => {
    const which = sessionId === null ? {} : { sessionId };
    return endSessions(ctx, actor, { userId: actor.id, ...which }, request);
  });
}

/** Notes that whoever comes back from the provider by the way with this nonce wants to be known by his account there. */
export async function connectElsewhereAction(nonce: string): Promise<ActionResult<boolean>> {
  return runAction(async (ctx, actor) => {
    await keepConnectIntent(beginConnecting(ctx, actor, nonce));
    return true;
  });
}

/** Forgets the account at a provider; other sessions that came from there end. Answers how many. */
export async function disconnectElsewhereAction(issuer: string): Promise<ActionResult<number>> {
  return runAction((ctx, actor, request) =>
    disconnectIdentity(ctx, actor, String(issuer), request),
  );
}
