import { addressPrefix } from "#lib/access/address-prefix.ts";
import { countTry, uncountTry } from "#lib/access/count-tries.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { ClaimLink, Prisma } from "#prisma/generated/client.ts";
import { CLAIM_TRIES_PER_ADDRESS } from "./claim-limits.ts";
import { isClaimSecret } from "./claim-secret.ts";
import type { ClaimOver } from "./claim-types.ts";
import { linkState } from "./hand-out-view.ts";

/** What somebody outside says he has; nothing of it is trusted. */
export type ClaimAsked = { id: unknown; secret: unknown };

export type FoundLink = {
  kind: "found";
  link: ClaimLink;
  /** The try turned out to be none. */
  forgiveTry: () => Promise<void>;
};

/**
 * The link whose secret was given. A try is counted against its address before it is looked at; what doesn't
 * exist and what has another secret get the same answer, and leave the link as it is: whoever has only its
 * address (a preview, a proxy's log) can neither open nor spoil it.
 */
export async function findClaimLink(
  core: Core,
  asked: ClaimAsked,
  address: string | null,
): Promise<FoundLink | Extract<ClaimOver, { kind: "unknown" | "too_many" }>> {
  const key = `claim:${addressPrefix(address)}`;
  const { count, secondsLeft } = await countTry(core, key);
  if (count > CLAIM_TRIES_PER_ADDRESS) return { kind: "too_many", retryAfterSeconds: secondsLeft };
  const { id, secret } = asked;
  const link = isUuid(id) ? await core.db.claimLink.findUnique({ where: { id } }) : null;
  if (!link || typeof secret !== "string" || !isClaimSecret(secret, link.secretHash)) {
    return { kind: "unknown" };
  }
  return { kind: "found", link, forgiveTry: () => uncountTry(core, key) };
}

/** What of a hand-out its links show: not what is bad, nor what came with an order that has failed since. */
export const claimable = (handOutId: string): Prisma.CodeWhereInput => ({
  handOutId,
  state: "handed_out",
  OR: [{ orderId: null }, { order: { status: { notIn: ["cancelled", "failed", "refunded"] } } }],
});

/** Why the link shows nothing any more; null while it would. */
export function whyOver(link: ClaimLink, now: Date): ClaimOver | null {
  const state = linkState(link, now);
  switch (state) {
    case "open":
      return null;
    case "opened":
      return { kind: "opened", openedAt: (link.openedAt ?? now).toISOString() };
    case "expired":
      return { kind: "expired", expiredAt: link.expiresAt.toISOString() };
    case "revoked":
    case "locked":
      return { kind: state };
  }
}
