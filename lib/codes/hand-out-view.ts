import type { ClaimLink, HandOut } from "#prisma/generated/client.ts";
import { CLAIM_PIN_TRIES } from "./claim-limits.ts";
import type { ClaimLinkState, ClaimLinkView, HandOutView } from "./types.ts";

type Row = HandOut & { links: ClaimLink[]; _count: { codes: number } };

/** A hand-out as pages show it: no secret, no hash. */
export const handOutView = (row: Row, now: Date): HandOutView => ({
  id: row.id,
  customerRef: row.customerRef,
  way: row.way as HandOutView["way"],
  note: row.note,
  createdAt: row.createdAt.toISOString(),
  createdBy: row.actorName,
  codes: row._count.codes,
  links: row.links.map((link) => linkView(link, now)),
});

const linkView = (link: ClaimLink, now: Date): ClaimLinkView => ({
  id: link.id,
  state: linkState(link, now),
  hasPin: link.pinHash !== null,
  createdAt: link.createdAt.toISOString(),
  createdBy: link.actorName,
  expiresAt: link.expiresAt.toISOString(),
  openedAt: link.openedAt?.toISOString() ?? null,
  revokedAt: link.revokedAt?.toISOString() ?? null,
  wrongTries: link.wrongTries,
});

/** What became of a link: what was done to it before what happened by itself. */
export function linkState(
  link: Pick<ClaimLink, "openedAt" | "revokedAt" | "expiresAt" | "wrongTries">,
  now: Date,
): ClaimLinkState {
  if (link.openedAt) return "opened";
  if (link.revokedAt) return "revoked";
  if (link.wrongTries >= CLAIM_PIN_TRIES) return "locked";
  return link.expiresAt > now ? "open" : "expired";
}
