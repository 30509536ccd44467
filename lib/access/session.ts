import type { Core } from "#lib/platform/core.ts";
import type { Actor } from "./actor.ts";
import { readGrants } from "./permissions.ts";
import {
  SECOND_STEP_SECONDS,
  SESSION_IDLE_SECONDS,
  SESSION_TOUCH_SECONDS,
} from "./sign-in-limits.ts";

export type Person = Extract<Actor, { kind: "user" }>;

/** A session whose password was shown and whose second factor was not: good for that step alone. */
export type HalfSession = {
  person: Person;
  /** Whether a code is to be shown, or a second factor set up first. */
  step: "code" | "set_up";
};

/**
 * Who a session belongs to, or null: unknown, revoked, expired, idle too long, its user disabled,
 * without its second step, or opened before the user's role, rights or password changed. Asked on every
 * request, so that each of these holds from the very next one.
 * @param active false for what a page does by itself, so that an unattended screen still times out
 */
export async function findSession(
  core: Core,
  sessionId: string,
  active: boolean,
): Promise<Actor | null> {
  const session = await findLive(core, sessionId);
  if (!session?.completeAt) return null;
  const now = core.now();
  const idleMs = now.getTime() - session.lastUsedAt.getTime();
  if (active && idleMs > SESSION_TOUCH_SECONDS * 1_000) {
    await core.db.session.updateMany({ where: { id: sessionId }, data: { lastUsedAt: now } });
  }
  return personOf(session);
}

/** A session between its two steps, or null. It does not last, and nothing keeps it alive. */
export async function findHalfSession(core: Core, sessionId: string): Promise<HalfSession | null> {
  const session = await findLive(core, sessionId);
  if (!session || session.completeAt) return null;
  const ageMs = core.now().getTime() - session.createdAt.getTime();
  if (ageMs > SECOND_STEP_SECONDS * 1_000) return null;
  return {
    // Its few minutes are all the proof that the second step wants, however long an app takes to be installed.
    person: { ...personOf(session), provedAt: core.now() },
    step: session.user.totpConfirmedAt ? "code" : "set_up",
  };
}

/** Ends a session for good; the next request with it is refused. */
export async function endSession(core: Core, sessionId: string): Promise<void> {
  await core.db.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: core.now() },
  });
}

type LiveSession = NonNullable<Awaited<ReturnType<typeof findLive>>>;

async function findLive(core: Core, id: string) {
  const session = await core.db.session.findUnique({ where: { id }, include: { user: true } });
  if (!session) return null;
  const now = core.now();
  const idleMs = now.getTime() - session.lastUsedAt.getTime();
  const { user } = session;
  const isOver =
    session.revokedAt ||
    user.disabledAt ||
    session.version !== user.sessionVersion ||
    session.expiresAt <= now ||
    idleMs > SESSION_IDLE_SECONDS * 1_000;
  return isOver ? null : session;
}

function personOf({ id: sessionId, user, provedAt }: LiveSession): Person {
  const { id, name, email, role, grants } = user;
  return {
    ...{ kind: "user", id, name, email, role, grants: readGrants(grants) },
    ...{ sessionId, provedAt },
  };
}
