import type { Core } from "#lib/platform/core.ts";
import type { Actor } from "./actor.ts";
import { SESSION_IDLE_SECONDS, SESSION_TOUCH_SECONDS } from "./sign-in-limits.ts";

/**
 * Who a session belongs to, or null: unknown, revoked, expired, idle too long, its user disabled,
 * or opened before the user's role or password changed. Asked on every request, so that each of
 * these holds from the very next one.
 * @param active false for what a page does by itself, so that an unattended screen still times out
 */
export async function findSession(
  core: Core,
  sessionId: string,
  active: boolean,
): Promise<Actor | null> {
  const session = await core.db.session.findUnique({
    where: { id: sessionId },
    include: { user: true },
  });
  if (!session) return null;
  const now = core.now();
  const idleMs = now.getTime() - session.lastUsedAt.getTime();
  const { user } = session;
  if (
    session.revokedAt ||
    user.disabledAt ||
    session.version !== user.sessionVersion ||
    session.expiresAt <= now ||
    idleMs > SESSION_IDLE_SECONDS * 1_000
  ) {
    return null;
  }
  if (active && idleMs > SESSION_TOUCH_SECONDS * 1_000) {
    await core.db.session.updateMany({ where: { id: sessionId }, data: { lastUsedAt: now } });
  }
  return {
    kind: "user",
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    sessionId,
    provedAt: session.provedAt,
  };
}

/** Ends a session for good; the next request with it is refused. */
export async function endSession(core: Core, sessionId: string): Promise<void> {
  await core.db.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: core.now() },
  });
}
