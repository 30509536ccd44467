import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { SealedCore } from "../context.ts";
import { countFactorTry, factorKey } from "../count-tries.ts";
import { noteSignIn, type SignInFacts } from "../open-session.ts";
import type { HalfSession, Person } from "../session.ts";
import { SECOND_FACTORS_PER_ACCOUNT } from "../sign-in-limits.ts";
import { readCode } from "./take-code.ts";

export type SecondStepResult =
  | { kind: "passed" }
  /** Not a code of his, or one that was used already. */
  | { kind: "refused" }
  /** The first step is too long ago, or its session was ended: to be begun anew. */
  | { kind: "ended" }
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * Completes a session by a code of the app or a recovery code. A try counts before it is checked; each code
 * is taken once, however many show it at a time. The try that uses up the limit leaves word in the audit log:
 * somebody knows the password.
 */
export async function passSecondStep(
  core: SealedCore,
  { person, step }: HalfSession,
  code: string,
  from: SignInFacts,
): Promise<SecondStepResult> {
  if (step !== "code") return { kind: "ended" };
  const { retryAfterSeconds, isLast } = await countFactorTry(core, person.id);
  if (retryAfterSeconds !== null) return { kind: "too_many", retryAfterSeconds };
  const user = await core.db.user.findUnique({ where: { id: person.id } });
  if (!user || user.disabledAt) return { kind: "ended" };
  const taking = code.length > MOST_CHARACTERS ? null : await readCode(core, user, code);

  return core.db.$transaction(async (tx): Promise<SecondStepResult> => {
    if (!taking || !(await taking.take(tx))) {
      if (isLast) await noteRefusals(tx, core, person, from);
      return { kind: "refused" };
    }
    const now = core.now();
    // Checked once more: a session that ended meanwhile stays so, and the code is used up all the same.
    const { count } = await tx.session.updateMany({
      where: {
        ...{ id: person.sessionId, userId: user.id, version: user.sessionVersion },
        ...{ revokedAt: null, completeAt: null, expiresAt: { gt: now } },
      },
      data: { completeAt: now, lastUsedAt: now, provedAt: now },
    });
    if (count === 0) return { kind: "ended" };
    const session = await tx.session.findUniqueOrThrow({ where: { id: person.sessionId } });
    await tx.signInBucket.deleteMany({ where: { key: factorKey(user.id) } });
    const how = { sessionId: session.id, method: session.method, secondFactor: taking.factor };
    await noteSignIn(tx, core, user, how, from);
    return { kind: "passed" };
  });
}

const MOST_CHARACTERS = 100;

const noteRefusals = (tx: Tx, core: Core, person: Person, from: SignInFacts): Promise<void> =>
  appendAuditEntry(tx, core, person, {
    action: "user.second-factor-refused",
    objectKind: "user",
    objectId: person.id,
    details: { session: person.sessionId, tries: SECOND_FACTORS_PER_ACCOUNT },
    address: from.address,
    agent: from.userAgent?.slice(0, 300) ?? null,
    correlationId: null,
  });
