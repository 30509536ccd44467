import type { Core } from "#lib/platform/core.ts";
import { CLAIM_PIN_TRIES } from "./claim-limits.ts";
import type { ClaimStanding } from "./claim-types.ts";
import { type ClaimAsked, claimable, findClaimLink, whyOver } from "./find-claim-link.ts";

/** How a claim link stands, told to whoever has its secret. Opens nothing, however often it is asked. */
export async function peekClaimLink(
  core: Core,
  asked: ClaimAsked,
  address: string | null,
): Promise<ClaimStanding> {
  const found = await findClaimLink(core, asked, address);
  if (found.kind !== "found") return found;
  await found.forgiveTry();
  const { link } = found;
  const over = whyOver(link, core.now());
  if (over) return over;
  const codes = await core.db.code.count({ where: claimable(link.handOutId) });
  if (codes === 0) return { kind: "revoked" };
  return {
    kind: "ready",
    codes,
    needsPin: link.pinHash !== null,
    triesLeft: CLAIM_PIN_TRIES - link.wrongTries,
    expiresAt: link.expiresAt.toISOString(),
  };
}
