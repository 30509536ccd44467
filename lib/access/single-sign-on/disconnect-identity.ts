import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { type Actor, requirePermission } from "../actor.ts";
import { isLastOwner, lockPerson } from "../people/lock-person.ts";
import { endUserLinks } from "../people/user-link.ts";
import { requireRecentProof } from "../proof.ts";
import type { Person } from "../session.ts";

/**
 * A person isn't known by his account at a provider any more; his other sessions that came from one end. Answers how
 * many. Throws `proof_needed`, `not_found`, or `conflict` where he has no password: it is how he comes in.
 */
export async function disconnectIdentity(
  core: Core,
  person: Person,
  issuer: string,
  request: RequestFacts,
): Promise<number> {
  requireRecentProof(core, person);
  return core.db.$transaction(async (tx) => {
    await tx.$executeRaw`select 1 from users where id = ${person.id}::uuid for no key update`;
    const facts = await forget(tx, core, { userId: person.id, issuer }, person.sessionId);
    const { passwordHash } = await tx.user.findUniqueOrThrow({ where: { id: person.id } });
    if (passwordHash === null) throw new KeyholdError("conflict", "he has no other way in");
    await appendAuditEntry(tx, core, person, { ...unlinked(person.id), ...facts, ...request });
    return facts.details.sessionsEnded;
  });
}

export type DisconnectResult = { kind: "disconnected" } | { kind: "last_owner" };

/**
 * Takes all accounts at providers from somebody, as after a break-in: a new password alone leaves them a way in. Who
 * has no password comes in again by a newer invitation alone. Throws `forbidden`, `proof_needed`, `not_found` (also where there
 * is none) or `invalid` (reason).
 */
export async function disconnectIdentitiesOf(
  core: Core,
  actor: Actor,
  input: { id: string; reason: string },
  request: RequestFacts,
): Promise<DisconnectResult> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  const reason = reasonText(input.reason);
  return core.db.$transaction(async (tx): Promise<DisconnectResult> => {
    const user = await lockPerson(tx, actor, input.id);
    if (user.passwordHash === null && (await isLastOwner(tx, user))) return { kind: "last_owner" };
    const facts = await forget(tx, core, { userId: user.id }, null);
    // By an open invitation the provider's next word on his address would be taken for him again.
    if (user.passwordHash === null) await endUserLinks(tx, user.id, core.now());
    await appendAuditEntry(tx, core, actor, {
      ...unlinked(user.id),
      ...{ ...facts, reason },
      ...request,
    });
    return { kind: "disconnected" };
  });
}

const unlinked = (objectId: string) =>
  ({ action: "user.unlinked", objectKind: "user", objectId }) as const;

async function forget(
  tx: Tx,
  core: Core,
  which: { userId: string; issuer?: string },
  keptSession: string | null,
) {
  const gone = await tx.userIdentity.findMany({ where: which, orderBy: { issuer: "asc" } });
  if (gone.length === 0) throw new KeyholdError("not_found", "no such identity");
  await tx.userIdentity.deleteMany({ where: which });
  const { count: sessionsEnded } = await tx.session.updateMany({
    where: {
      ...{ userId: which.userId, method: "oidc", revokedAt: null },
      ...(keptSession !== null && { id: { not: keptSession } }),
    },
    data: { revokedAt: core.now() },
  });
  return { details: { issuer: gone.map(({ issuer }) => issuer).join(" "), sessionsEnded } };
}
