"use server";

import type { ActionResult } from "#app/_server/run-action.ts";
import { runPublicAction } from "#app/_server/run-public-action.ts";
import type { ClaimOpening, ClaimStanding } from "#lib/codes/claim-types.ts";
import { openClaimLink } from "#lib/codes/open-claim-link.ts";
import { peekClaimLink } from "#lib/codes/peek-claim-link.ts";

// Open to everybody: whoever has a link's secret may see how it stands, and open it once.

/** How a claim link stands. Opens nothing. */
export async function peekClaimAction(
  id: string,
  secret: string,
): Promise<ActionResult<ClaimStanding>> {
  return runPublicAction((ctx, { address }) => peekClaimLink(ctx, { id, secret }, address));
}

/** Opens a claim link's codes; recorded before they are shown. */
export async function openClaimAction(
  id: string,
  secret: string,
  pin: string | null,
): Promise<ActionResult<ClaimOpening>> {
  return runPublicAction((ctx, request) => openClaimLink(ctx, { id, secret, pin }, request));
}
