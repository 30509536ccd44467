import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { keepSecrets } from "./keep-secrets.ts";
import type { AccountRow } from "./open-account.ts";
import type { SupplierKind } from "./supplier-kind.ts";

/** Messages signed with the one before are taken for so long: suppliers change over one by one, and try again. */
const OVERLAP_MS = 24 * 60 * 60_000;

/**
 * Puts secrets in the place of those of the same names. One that proves us is gone at once; one that proves the
 * supplier counts on for a day, unless it leaked (`atOnce`). Of two changes within that time only the later goes
 * on with the one before it. The account is locked.
 * @returns until when the last one before counts
 */
export async function replaceSecrets(
  tx: Tx,
  ctx: Pick<Core, "newId" | "now"> & { sealer: Sealer },
  actor: Actor,
  change: {
    row: Pick<AccountRow, "id" | "secrets">;
    kind: SupplierKind;
    secrets: Record<string, string>;
    atOnce: boolean;
  },
): Promise<Date | null> {
  const { row, kind, secrets, atOnce } = change;
  const now = ctx.now();
  let oldUntil: Date | null = null;
  for (const name of Object.keys(secrets)) {
    const before = row.secrets.find((one) => one.name === name && one.replacedAt === null);
    const goesOn = !atOnce && kind.secrets.find((one) => one.name === name)?.proves === "them";
    const kept = goesOn ? before : undefined;
    await tx.supplierSecret.deleteMany({
      where: { supplierId: row.id, name, ...(kept && { id: { not: kept.id } }) },
    });
    if (!kept) continue;
    oldUntil = new Date(now.getTime() + OVERLAP_MS);
    await tx.supplierSecret.update({
      where: { id: kept.id },
      data: { replacedAt: now, endsAt: oldUntil },
    });
  }
  await keepSecrets(tx, ctx, actor, row.id, secrets);
  return oldUntil;
}
