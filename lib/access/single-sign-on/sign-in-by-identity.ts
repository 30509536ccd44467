import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { User, UserIdentity } from "#prisma/generated/client.ts";
import { email } from "../credentials.ts";
import { openSession, type SignInFacts } from "../open-session.ts";
import { isLastOwner, lockPerson } from "../people/lock-person.ts";
import { endUserLinks } from "../people/user-link.ts";
import { readGrants } from "../permissions.ts";
import {
  needsSecondFactor,
  type SecondFactorPolicy,
} from "../second-factor/second-factor-policy.ts";
import { type Claims, claims } from "./claims.ts";
import { mappedRole, type SingleSignOn } from "./single-sign-on.ts";

export type IdentityResult =
  | { kind: "signed_in"; sessionId: string; userId: string; isHalf: boolean }
  /** Nobody here is this person: nobody invited him, or his address isn't verified. */
  | { kind: "unknown" }
  | { kind: "disabled" }
  /** None of what the provider says of him means a role here. */
  | { kind: "no_role" };

/** RFC 8176: what only a second factor, or something as good, says. */
const STRONG = ["mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "iris", "retina", "pop"];

/** One that nobody has taken: its link may have ended by time, the wish that he comes has not. */
const OPEN_INVITATION = { kind: "invite", usedAt: null, endedAt: null };

const PROVIDER = { kind: "job", name: "single sign-on" } as const;

/**
 * Signs somebody in whom the provider has named. He is known by issuer and subject alone. An invited person
 * who has neither password nor identity is known once an invitation by the e-mail address, where the provider has
 * verified it. Nobody is made by it. Where roles are mapped, the provider's word counts at each sign-in,
 * except that it doesn't take the last owner away.
 * @param given the claims of a checked ID token
 */
export async function signInByIdentity(
  core: Core,
  given: unknown,
  setting: { singleSignOn: SingleSignOn; policy: SecondFactorPolicy },
  from: SignInFacts,
): Promise<IdentityResult> {
  const parsed = claims.safeParse(given);
  if (!parsed.success) return { kind: "unknown" };
  const said = parsed.data;
  const { roles, secondFactor } = setting.singleSignOn;
  const role = roles && mappedRole(said[roles.claim], roles.of);
  return core.db.$transaction(async (tx): Promise<IdentityResult> => {
    const found = await findUser(tx, core, said);
    if (!found) return { kind: "unknown" };
    if (found.disabledAt) return { kind: "disabled" };
    if (roles && !role) return { kind: "no_role" };
    const user = role && role !== found.role ? await giveRole(tx, core, found, role, from) : found;
    const person = { role: user.role, grants: readGrants(user.grants) };
    const isStrong = secondFactor === "trusted" || said.amr?.some((word) => STRONG.includes(word));
    const isHalf =
      user.totpConfirmedAt !== null || (!isStrong && needsSecondFactor(setting.policy, person));
    // A provider may still know him from hours ago: his proof is as old as that. It was asked not to rely on it, and
    // has to say since when it knows him then: one that says nothing may have asked him nothing.
    const provedAt = said.auth_time
      ? new Date(Math.min(said.auth_time * 1_000, core.now().getTime()))
      : null;
    const how = { method: "oidc", complete: !isHalf, provedAt } as const;
    const sessionId = await openSession(tx, core, user, how, from);
    return { kind: "signed_in", sessionId, userId: user.id, isHalf };
  });
}

/** Him with his row locked: whoever takes an account from him waits, or is seen to have taken it. */
async function findUser(tx: Tx, core: Core, said: Claims): Promise<User | null> {
  const account = { issuer: said.iss, subject: said.sub };
  const known = await tx.userIdentity.findUnique({ where: { issuer_subject: account } });
  const id = known?.userId ?? (await idByAddress(tx, said));
  if (!id) return null;
  // Together with the owners, whom a mapped role wants next: in the order in which whoever changes people takes them.
  await lockPerson(tx, PROVIDER, id);
  const user = await tx.user.findUniqueOrThrow({
    where: { id },
    include: { identities: true, links: { where: OPEN_INVITATION } },
  });
  if (known) {
    const isStill = ({ issuer, subject }: UserIdentity) =>
      issuer === said.iss && subject === said.sub;
    return user.identities.some(isStill) ? user : null;
  }
  if (user.disabledAt) return user;
  const isExpected = user.passwordHash === null && user.links.length > 0;
  if (!isExpected || user.identities.length > 0) return null;
  await tx.userIdentity.create({
    data: { ...account, userId: user.id, linkedAt: core.now() },
  });
  await endUserLinks(tx, user.id, core.now());
  await appendAuditEntry(tx, core, PROVIDER, {
    action: "user.linked",
    objectKind: "user",
    objectId: user.id,
    details: { issuer: said.iss },
    ...OWN_REQUEST,
  });
  return user;
}

async function idByAddress(tx: Tx, said: Claims): Promise<string | null> {
  const address = email.safeParse(said.email);
  if (said.email_verified !== true || !address.success) return null;
  const user = await tx.user.findUnique({ where: { email: address.data }, select: { id: true } });
  return user?.id ?? null;
}

/** As the provider says, unless nobody would be an owner then. */
async function giveRole(
  tx: Tx,
  core: Core,
  { id }: User,
  role: User["role"],
  { address }: SignInFacts,
): Promise<User> {
  const user = await lockPerson(tx, PROVIDER, id);
  if (await isLastOwner(tx, user)) return user;
  await appendAuditEntry(tx, core, PROVIDER, {
    action: "user.changed",
    objectKind: "user",
    objectId: id,
    before: { role: user.role },
    after: { role },
    ...{ address, correlationId: null },
  });
  return tx.user.update({ where: { id }, data: { role } });
}
