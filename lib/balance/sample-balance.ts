import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";
import type { SupplierBalance } from "#lib/suppliers/port.ts";
import type { BalanceSample } from "#prisma/generated/client.ts";

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
    for (const balance of outcome.value) {
      const { currency } = balance;
      const last = await tx.balanceSample.findFirst({
        where: { supplierId: account.id, currency },
        orderBy: { sampledAt: "desc" },
      });
      if (last && isSame(last, balance))
        await tx.balanceSample.update({ where: { id: last.id }, data: { sampledAt } });
      else {
        await tx.balanceSample.create({
          data: { id: core.newId(), supplierId: account.id, ...balance, sampledAt },
        });
      }
    }
    await notify(tx, ["balance"]);
  });
  return true;
}

const isSame = (last: BalanceSample, now: SupplierBalance): boolean =>
  last.available.eq(now.available) &&
  last.reserved.eq(now.reserved) &&
  last.pending.eq(now.pending);
