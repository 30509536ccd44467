import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";

/**
 * Asks an account for its balances. A sample equal to the last one only moves that one's time, so
 * that the history is one of changes. Answers false when the supplier gave none.
 */
export async function sampleBalance(
  core: Core & { suppliers: SupplierAccounts },
  account: SupplierAccount,
): Promise<boolean> {
  const outcome = await core.suppliers.call(core, account, "read", "balances", (supplier) =>
    supplier.getBalances(),
  );
  if (outcome.kind !== "accepted") return false;
  const sampledAt = core.now();
  await core.db.$transaction(async (tx) => {
    for (const { currency, available, reserved, pending } of outcome.value) {
      const last = await tx.balanceSample.findFirst({
        where: { supplierId: account.id, currency },
        orderBy: { sampledAt: "desc" },
      });
      const same =
        last &&
        last.available.eq(available) &&
        last.reserved.eq(reserved) &&
        last.pending.eq(pending);
      if (same) await tx.balanceSample.update({ where: { id: last.id }, data: { sampledAt } });
      else {
        await tx.balanceSample.create({
          data: {
            id: core.newId(),
            supplierId: account.id,
            currency,
            available,
            reserved,
            pending,
            sampledAt,
          },
        });
      }
    }
    await notify(tx, ["balance"]);
  });
  return true;
}
