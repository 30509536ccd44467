import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { requireRecentProof } from "../proof.ts";
import type { Person } from "../session.ts";
import { newRecoveryCodes, recoveryHash } from "./recovery-codes.ts";

/** Makes ten and keeps their hashes; those of before are worth nothing any more. */
export async function keepRecoveryCodes(tx: Tx, core: Core, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ id: core.newId(), userId, hash: recoveryHash(userId, code) })),
  });
  return codes;
}

/** Ten new ones for whoever has used up or lost his. Throws `proof_needed`, or `conflict` without a second factor. */
export async function renewRecoveryCodes(
  core: Core,
  person: Person,
  request: RequestFacts,
): Promise<string[]> {
  requireRecentProof(core, person);
  return core.db.$transaction(async (tx) => {
    await tx.$executeRaw`select 1 from users where id = ${person.id}::uuid for no key update`;
    const user = await tx.user.findUnique({ where: { id: person.id } });
    if (!user?.totpConfirmedAt) throw new KeyholdError("conflict", "there is no second factor");
    const codes = await keepRecoveryCodes(tx, core, person.id);
    await appendAuditEntry(tx, core, person, {
      action: "user.recovery-codes-renewed",
      objectKind: "user",
      objectId: person.id,
      ...request,
    });
    return codes;
  });
}
