import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { User, UserLink } from "#prisma/generated/client.ts";
import { accountKey, countVisit, proofKey } from "../count-tries.ts";
import { hashPassword } from "../password.ts";
import { type PasswordProblem, passwordProblem } from "../passwords/password-policy.ts";
import { readGrants } from "../permissions.ts";
import { hashToken, isToken } from "./user-link.ts";

/** Why a link leads nowhere any more. */
export type LinkEnd =
  /** Nobody made it; or it was cut off on its way. */
  | { kind: "unknown" }
  | { kind: "used" }
  | { kind: "expired" }
  /** A newer one took its place, or the person was disabled. */
  | { kind: "ended" }
  | { kind: "too_many"; retryAfterSeconds: number };

export type LinkStanding =
  | { kind: "open"; purpose: "invite" | "reset"; name: string; email: string }
  | LinkEnd;

export type AcceptResult =
  | { kind: "set"; email: string }
  | { kind: "weak"; problem: PasswordProblem }
  | LinkEnd;

/** How a link stands, and whose it is. Uses nothing up. */
export async function peekUserLink(
  core: Core,
  token: unknown,
  address: string | null,
): Promise<LinkStanding> {
  const found = await findLink(core, token, address);
  if (found.kind !== "found") return found;
  const { kind, user } = found.link;
  const purpose = kind === "invite" ? "invite" : "reset";
  return { kind: "open", purpose, name: user.name, email: user.email };
}

/**
 * Sets the password of the person whom a link leads to; the link is used up by it, and all his sessions end.
 * Of several who use one link at a time, one succeeds.
 */
export async function acceptUserLink(
  core: Core,
  input: { token: unknown; password: unknown },
  request: RequestFacts,
): Promise<AcceptResult> {
  const found = await findLink(core, input.token, request.address);
  if (found.kind !== "found") return found;
  const { link } = found;
  const password = typeof input.password === "string" ? input.password : "";
  const problem = await passwordProblem(password, link.user);
  if (problem) return { kind: "weak", problem };
  const passwordHash = await hashPassword(password);
  const done = await core.db.$transaction((tx) => usePerson(tx, core, link, passwordHash, request));
  if (done) return { kind: "set", email: link.user.email };
  const since = await findLink(core, input.token, request.address);
  return since.kind === "found" ? { kind: "ended" } : since;
}

type Link = UserLink & { user: User };

/** False where the link, or the person, came to an end meanwhile. */
async function usePerson(
  tx: Tx,
  core: Core,
  { id, kind, user }: Link,
  passwordHash: string,
  request: RequestFacts,
): Promise<boolean> {
  const now = core.now();
  // The person first, as whoever changes people does; then the link, which one of several gets.
  await tx.$executeRaw`select 1 from users where id = ${user.id}::uuid for no key update`;
  const { count: links } = await tx.userLink.updateMany({
    where: { id, usedAt: null, endedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    data: { usedAt: now },
  });
  if (links === 0) return false;
  await tx.user.update({ where: { id: user.id }, data: { passwordHash, passwordSetAt: now } });
  const tried = [accountKey(user.email), proofKey(user.id)];
  await tx.signInBucket.deleteMany({ where: { key: { in: tried } } });
  const { name, email, role, grants } = user;
  const person = { kind: "user", id: user.id, name, email, role } as const;
  const actor = { ...person, grants: readGrants(grants), sessionId: "", provedAt: null };
  await appendAuditEntry(tx, core, actor, {
    action: kind === "invite" ? "user.invitation-accepted" : "user.password-reset",
    objectKind: "user",
    objectId: user.id,
    ...request,
  });
  return true;
}

async function findLink(
  core: Core,
  token: unknown,
  address: string | null,
): Promise<{ kind: "found"; link: Link } | LinkEnd> {
  const retryAfterSeconds = await countVisit(core, address);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };
  if (!isToken(token)) return { kind: "unknown" };
  const link = await core.db.userLink.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { user: true },
  });
  if (!link) return { kind: "unknown" };
  if (link.usedAt) return { kind: "used" };
  if (link.endedAt || link.user.disabledAt) return { kind: "ended" };
  return link.expiresAt <= core.now() ? { kind: "expired" } : { kind: "found", link };
}
