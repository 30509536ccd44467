"use server";

import type { ActionResult } from "#app/_server/run-action.ts";
import { runPublicAction } from "#app/_server/run-public-action.ts";
import {
  type AcceptResult,
  acceptUserLink,
  type LinkStanding,
  peekUserLink,
} from "#lib/access/people/accept-link.ts";

// Open to everybody: whoever has a link may see whose it is, and set that person's password once.

/** How a link stands. Uses nothing up. */
export async function peekUserLinkAction(token: string): Promise<ActionResult<LinkStanding>> {
  return runPublicAction((ctx, { address }) => peekUserLink(ctx, token, address));
}

/** Sets the password; the link is used up. */
export async function acceptUserLinkAction(
  token: string,
  password: string,
): Promise<ActionResult<AcceptResult>> {
  return runPublicAction((ctx, request) => acceptUserLink(ctx, { token, password }, request));
}
