import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Actor } from "../actor.ts";
import { countTry } from "../count-tries.ts";
import { requireRecentProof } from "../proof.ts";
import type { Person } from "../session.ts";
import { CONNECT_SECONDS } from "../sign-in-limits.ts";
import { type Claims, claims } from "./claims.ts";

/** Somebody's wish to be known by his account at the provider: of one session, for one way there and back. */
export type ConnectIntent = { sessionId: string; nonce: string; expiresAt: string };

export type ConnectResult =
  /** He is known by this account from now on, or was already. */
  | "connected"
  /** Whoever came back isn't in the session that left, or didn't come by the way it took, or came twice or too late. */
  | "ended"
  /** Somebody else here is known by this account. */
  | "taken"
  /** He is known by another account of the same provider. */
  | "other";

/** What next-auth makes: 32 bytes in base64url. */
const NONCE = /^[\w-]{43}$/;

/**
 * A person who has a session wants to be known by an account elsewhere; what he is given leads to nothing but
 * `connectIdentity`. Throws `proof_needed`: an open screen isn't enough to add a way in. Throws `invalid`.
 * @param nonce of the request that leads him to the provider, so that no other sign-in is taken for this
 */
export function beginConnecting(
  core: Pick<Core, "now">,
  person: Person,
  nonce: unknown,
): ConnectIntent {
  requireRecentProof(core, person);
  if (typeof nonce !== "string" || !NONCE.test(nonce)) {
    throw new KeyholdError("invalid", "not a nonce");
  }
  const expiresAt = new Date(core.now().getTime() + CONNECT_SECONDS * 1_000).toISOString();
  return { sessionId: person.sessionId, nonce, expiresAt };
}

/**
 * Makes a person known by the account that a provider has named. Who he is here says his session alone: what the
 * provider says of his address counts for nothing.
 * @param actor who is in the session that came back
 * @param given the claims of a checked ID token
 */
export async function connectIdentity(
  core: Core,
  actor: Actor | null,
  intent: ConnectIntent,
  given: unknown,
  request: RequestFacts,
): Promise<ConnectResult> {
  const said = claims.safeParse(given);
  if (!said.success || said.data.nonce !== intent.nonce) return "ended";
  if (actor?.kind !== "user" || actor.sessionId !== intent.sessionId) return "ended";
  if (new Date(intent.expiresAt) <= core.now()) return "ended";
  // A window of tries is longer than an intent is good for: the second use of one is always counted as that.
  if ((await countTry(core, `connect:${intent.nonce}`)).count > 1) return "ended";
  return core.db.$transaction((tx) => connect(tx, core, actor, said.data, request));
}

async function connect(
  tx: Tx,
  core: Core,
  person: Person,
  { iss: issuer, sub: subject }: Claims,
  request: RequestFacts,
): Promise<ConnectResult> {
  await tx.$executeRaw`select 1 from users where id = ${person.id}::uuid for no key update`;
  const user = await tx.user.findUniqueOrThrow({
    where: { id: person.id },
    include: {
      identities: { where: { issuer } },
      sessions: { where: { id: person.sessionId, revokedAt: null } },
    },
  });
  // Asked again, since he may have been shut out meanwhile.
  const isIn = user.sessions.some(({ version }) => version === user.sessionVersion);
  if (user.disabledAt || !isIn) return "ended";
  const [had] = user.identities;
  if (had) return had.subject === subject ? "connected" : "other";
  const { count } = await tx.userIdentity.createMany({
    data: [{ issuer, subject, userId: user.id, linkedAt: core.now() }],
    skipDuplicates: true,
  });
  if (count === 0) return "taken";
  await appendAuditEntry(tx, core, person, {
    action: "user.linked",
    objectKind: "user",
    objectId: user.id,
    details: { issuer },
    ...request,
  });
  return "connected";
}
