"use server";

import { type ActionResult, runAction } from "#app/_server/run-action.ts";
import {
  type ChangeResult,
  changePerson,
  type PersonChange,
} from "#lib/access/people/change-person.ts";
import { type DisableResult, disableUser, enableUser } from "#lib/access/people/disable-user.ts";
import { endSessions } from "#lib/access/people/end-sessions.ts";
import { type Invitation, type InviteResult, inviteUser } from "#lib/access/people/invite-user.ts";
import { resetUser } from "#lib/access/people/reset-user.ts";
import type { UserLink } from "#lib/access/people/user-link.ts";
import { endSecondFactorOf } from "#lib/access/second-factor/end-second-factor.ts";
import {
  type DisconnectResult,
  disconnectIdentitiesOf,
} from "#lib/access/single-sign-on/disconnect-identity.ts";

/** Adds somebody; the link that he comes in by is in the answer, this once. */
export async function invitePersonAction(input: Invitation): Promise<ActionResult<InviteResult>> {
  return runAction((ctx, actor, request) => inviteUser(ctx, actor, input, request));
}

/** Changes what somebody is called, may do and may spend. */
export async function changePersonAction(input: PersonChange): Promise<ActionResult<ChangeResult>> {
  return runAction((ctx, actor, request) => changePerson(ctx, actor, input, request));
}

/** Lets somebody in no more, from the very next request on. */
export async function disablePersonAction(
  id: string,
  reason: string,
): Promise<ActionResult<DisableResult>> {
  return runAction((ctx, actor, request) =>
    disableUser(ctx, actor, { id, reason: String(reason) }, request),
  );
}

/** Lets somebody in again. */
export async function enablePersonAction(id: string): Promise<ActionResult<boolean>> {
  return runAction(async (ctx, actor, request) => {
    await enableUser(ctx, actor, id, request);
    return true;
  });
}

/** A link by which somebody sets a password; in the answer, this once. */
export async function personLinkAction(id: string): Promise<ActionResult<UserLink>> {
  return runAction((ctx, actor, request) => resetUser(ctx, actor, id, request));
}

/** Ends one of somebody's sessions, or all of them. Answers how many. */
export async function endSessionsAction(
  userId: string,
  sessionId: string | null,
): Promise<ActionResult<number>> {
  return runAction((ctx, actor, request) =>
    endSessions(ctx, actor, { userId, ...(sessionId !== null && { sessionId }) }, request),
  );
}

/** Takes away the second factor of somebody who lost it. */
export async function endSecondFactorAction(
  id: string,
  reason: string,
): Promise<ActionResult<boolean>> {
  return runAction(async (ctx, actor, request) => {
    await endSecondFactorOf(ctx, actor, { id, reason: String(reason) }, request);
    return true;
  });
}

/** Takes somebody's accounts at providers from him: he signs in by his password alone. */
export async function disconnectPersonAction(
  id: string,
  reason: string,
): Promise<ActionResult<DisconnectResult>> {
  return runAction((ctx, actor, request) =>
    disconnectIdentitiesOf(ctx, actor, { id, reason: String(reason) }, request),
  );
}
