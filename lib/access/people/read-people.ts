import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Session, User } from "#prisma/generated/client.ts";
import { type Actor, requirePermission } from "../actor.ts";
import { GRANTS, type Grant, ROLES, readGrants } from "../permissions.ts";
import {
  needsSecondFactor,
  type SecondFactorPolicy,
} from "../second-factor/second-factor-policy.ts";
import type { Person } from "../session.ts";
import { SESSION_IDLE_SECONDS } from "../sign-in-limits.ts";
import { deviceOf } from "./device-of.ts";
import { keysSeenBy } from "./keys-seen-by.ts";
import { mayGive, mayGrant, mayTouch } from "./people-policy.ts";
import type { OwnAccount, PeopleView, PersonDetail, PersonRow, SessionView } from "./types.ts";

/** Everybody there is; who comes in first, by name. */
export async function readPeople(core: Core, actor: Actor): Promise<PeopleView> {
  requirePermission(actor, "people.manage");
  const users = await core.db.user.findMany({
    include: { identities: { select: { issuer: true } } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const standings = ["active", "invited", "disabled"];
  const rows = users.map((user) => rowOf(user, actor));
  rows.sort((one, other) => standings.indexOf(one.standing) - standings.indexOf(other.standing));
  return { rows, roles: rolesFor(actor), grantable: grantsFor(actor) };
}

/** One person with his open sessions; null when there is nobody with this id. */
export async function readPerson(
  core: Core,
  actor: Actor,
  id: string,
): Promise<PersonDetail | null> {
  requirePermission(actor, "people.manage");
  if (!isUuid(id)) return null;
  const user = await core.db.user.findUnique({
    where: { id },
    include: {
      identities: { select: { issuer: true } },
      spendLimits: { orderBy: { currency: "asc" } },
      links: { where: { usedAt: null, endedAt: null, expiresAt: { gt: core.now() } } },
    },
  });
  if (!user) return null;
  const [link] = user.links;
  const row = rowOf(user, actor);
  return {
    ...row,
    createdAt: user.createdAt.toISOString(),
    hasPassword: user.passwordHash !== null,
    signsInElsewhere: user.identities.length > 0,
    spendLimits: user.spendLimits.map(limitView),
    sessions: await readSessions(core, user, actor),
    keys: await keysSeenBy(core.db, core, user.id),
    link: link
      ? {
          kind: link.kind === "invite" ? "invite" : "reset",
          expiresAt: link.expiresAt.toISOString(),
        }
      : null,
    mayTouch: mayTouch(actor, user),
    roles: rolesFor(actor),
    grantable: grantsFor(actor, row.grants),
  };
}

/** What somebody sees of himself. */
export async function readOwnAccount(
  core: Core,
  person: Person,
  policy: SecondFactorPolicy,
): Promise<OwnAccount> {
  const user = await core.db.user.findUniqueOrThrow({
    where: { id: person.id },
    include: {
      identities: { orderBy: { linkedAt: "asc" } },
      spendLimits: { orderBy: { currency: "asc" } },
      recoveryCodes: { where: { usedAt: null }, select: { id: true } },
    },
  });
  const { name, email, role } = user;
  const grants = readGrants(user.grants);
  const since = user.totpConfirmedAt?.toISOString();
  return {
    ...{ name, email, role, grants },
    hasPassword: user.passwordHash !== null,
    passwordSetAt: user.passwordSetAt?.toISOString() ?? null,
    secondFactor: since ? { since, recoveryCodesLeft: user.recoveryCodes.length } : null,
    needsSecondFactor: needsSecondFactor(policy, { role, grants }),
    identities: user.identities.map(({ issuer, linkedAt }) => ({
      issuer,
      linkedAt: linkedAt.toISOString(),
    })),
    spendLimits: user.spendLimits.map(limitView),
    sessions: await readSessions(core, user, person),
  };
}

/**
 * Who could give somebody what he lacks, by name: owners and admins who come in. At most five.
 * @param grant where that is what he lacks: an admin gives what he has
 */
export async function readGranters(
  { db }: Pick<Core, "db">,
  grant: Grant | null,
): Promise<string[]> {
  const users = await db.user.findMany({
    where: {
      disabledAt: null,
      AND: [
        { OR: [{ role: "owner" }, { role: "admin", ...(grant && { grants: { has: grant } }) }] },
        { OR: [{ passwordHash: { not: null } }, { identities: { some: {} } }] },
      ],
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { name: true, role: true },
  });
  // The owners first.
  users.sort((one, other) => ROLES.indexOf(one.role) - ROLES.indexOf(other.role));
  return users.slice(0, MOST_GRANTERS).map(({ name }) => name);
}

const MOST_GRANTERS = 5;

async function readSessions(core: Core, user: User, actor: Actor): Promise<SessionView[]> {
  const now = core.now();
  const sessions = await core.db.session.findMany({
    where: {
      ...{ userId: user.id, version: user.sessionVersion, revokedAt: null },
      ...{ completeAt: { not: null }, expiresAt: { gt: now } },
      lastUsedAt: { gte: new Date(now.getTime() - SESSION_IDLE_SECONDS * 1_000) },
    },
    orderBy: [{ lastUsedAt: "desc" }, { id: "asc" }],
    take: 50,
  });
  return user.disabledAt ? [] : sessions.map((session) => sessionView(session, actor));
}

function sessionView(session: Session, actor: Actor): SessionView {
  return {
    id: session.id,
    device: deviceOf(session.userAgent),
    address: session.address,
    method: session.method === "oidc" ? "oidc" : "password",
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    isThis: actor.kind === "user" && actor.sessionId === session.id,
  };
}

function rowOf(user: User & { identities: unknown[] }, actor: Actor): PersonRow {
  const { id, name, email, role, lastSignedInAt } = user;
  const couldComeIn = user.passwordHash !== null || user.identities.length > 0;
  return {
    ...{ id, name, email, role, grants: readGrants(user.grants) },
    standing: user.disabledAt ? "disabled" : couldComeIn ? "active" : "invited",
    hasSecondFactor: user.totpConfirmedAt !== null,
    lastSignedInAt: lastSignedInAt?.toISOString() ?? null,
    isYou: actor.kind === "user" && actor.id === id,
  };
}

const limitView = ({ currency, perDay }: { currency: string; perDay: { toFixed(): string } }) => ({
  currency,
  perDay: perDay.toFixed(),
});

const rolesFor = (actor: Actor) => ROLES.filter((role) => mayGive(actor, role));

const grantsFor = (actor: Actor, had: readonly Grant[] = []) =>
  GRANTS.filter((grant) => had.includes(grant) || mayGrant(actor, grant));
