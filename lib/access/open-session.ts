import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { User } from "#prisma/generated/client.ts";
import type { Actor } from "./actor.ts";
import { readGrants } from "./permissions.ts";
import { SESSION_LONGEST_SECONDS } from "./sign-in-limits.ts";

export type SignInFacts = { address: string | null; userAgent: string | null };

/** Opens a session of somebody who has shown who he is; incomplete where another step is to come. */
export async function openSession(
  tx: Tx,
  core: Core,
  user: User,
  how: { method: "password" | "oidc"; complete: boolean; provedAt: Date | null },
  from: SignInFacts,
): Promise<string> {
  const sessionId = core.newId();
  const now = core.now();
  const userAgent = from.userAgent?.slice(0, 300) ?? null;
  await tx.session.create({
    data: {
      id: sessionId,
      userId: user.id,
      version: user.sessionVersion,
      address: from.address,
      userAgent,
      createdAt: now,
      lastUsedAt: now,
      provedAt: how.provedAt,
      expiresAt: new Date(now.getTime() + SESSION_LONGEST_SECONDS * 1_000),
      method: how.method,
      completeAt: how.complete ? now : null,
    },
  });
  if (how.complete) await noteSignIn(tx, core, user, { sessionId, method: how.method }, from);
  return sessionId;
}

/** Somebody is in: noted with his name, and in the audit. */
export async function noteSignIn(
  tx: Tx,
  core: Core,
  { id, name, email, role, grants }: User,
  session: { sessionId: string; method: string; secondFactor?: string },
  from: SignInFacts,
): Promise<void> {
  const { sessionId, method, secondFactor = "none" } = session;
  const person: Actor = {
    kind: "user",
    ...{ id, name, email, role, grants: readGrants(grants) },
    ...{ sessionId, provedAt: core.now() },
  };
  await tx.user.update({ where: { id }, data: { lastSignedInAt: core.now() } });
  await appendAuditEntry(tx, core, person, {
    action: "user.signed-in",
    objectKind: "user",
    objectId: id,
    details: { session: sessionId, method, secondFactor },
    address: from.address,
    agent: from.userAgent?.slice(0, 300) ?? null,
    correlationId: null,
  });
}
