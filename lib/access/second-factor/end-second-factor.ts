import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { reasonText } from "#lib/platform/reason.ts";
import { type Actor, requirePermission } from "../actor.ts";
import { lockPerson } from "../people/lock-person.ts";
import { requireRecentProof } from "../proof.ts";
import type { Person } from "../session.ts";
import { needsSecondFactor, type SecondFactorPolicy } from "./second-factor-policy.ts";

/**
 * Takes away the second factor of somebody who lost it; his sessions end, and where one is required he sets up
 * another at the next sign-in. Throws `forbidden`, `proof_needed`, `not_found`, `invalid` (reason) or `conflict`
 * (he has none).
 */
export async function endSecondFactorOf(
  core: Core,
  actor: Actor,
  input: { id: string; reason: string },
  request: RequestFacts,
): Promise<void> {
  requirePermission(actor, "people.manage");
  requireRecentProof(core, actor);
  const reason = reasonText(input.reason);
  await core.db.$transaction(async (tx) => {
    const user = await lockPerson(tx, actor, input.id);
    await clear(tx, user.id);
    await appendAuditEntry(tx, core, actor, {
      action: "user.second-factor-removed",
      objectKind: "user",
      objectId: user.id,
      reason,
      ...request,
    });
  });
}

/**
 * A person gives up his own; all his sessions end. Throws `forbidden` where one is required of him, `proof_needed`,
 * or `conflict` (he has none).
 */
export async function endOwnSecondFactor(
  core: Core,
  person: Person,
  policy: SecondFactorPolicy,
  request: RequestFacts,
): Promise<void> {
  if (needsSecondFactor(policy, person)) {
    throw new KeyholdError("forbidden", "a second factor is required of this person");
  }
  requireRecentProof(core, person);
  await core.db.$transaction(async (tx) => {
    await clear(tx, person.id);
    await appendAuditEntry(tx, core, person, {
      action: "user.second-factor-removed",
      objectKind: "user",
      objectId: person.id,
      ...request,
    });
  });
}

async function clear(tx: Parameters<typeof lockPerson>[0], id: string): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { id, totpConfirmedAt: { not: null } },
    data: { totpSealed: null, totpConfirmedAt: null, totpLastStep: null },
  });
  if (count === 0) throw new KeyholdError("conflict", "there is no second factor");
  await tx.recoveryCode.deleteMany({ where: { userId: id } });
}
