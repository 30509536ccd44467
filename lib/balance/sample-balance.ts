import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { storableAmount } from "#lib/platform/money.ts";
import { notify } from "#lib/platform/notify.ts";
import type { Slice, SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";
import type { SupplierBalance } from "#lib/suppliers/port.ts";
import type { BalanceSample } from "#prisma/generated/client.ts";
import { watchLines } from "./watch-lines.ts";

/** What is learnt around a purchase can't be made up for; a refresh comes again. */
const PATIENCE_MS: Record<Slice, number> = { purchase: 5_000, reconcile: 0, poll: 0, refresh: 0 };

/**
 * Asks an account for its balances. A sample equal to the last one only moves that one's time, so
 * that the history is one of changes; one that overlapped with another process's is dropped, since
 * nobody can say which of the two is older. Each keeps when it was first told and when it was last asked
 * for: between those of two samples the money moved. Who minds low balances is told. Answers what the
 * supplier said, whether or not it was written down; null when it said nothing.
 * @param slice whose share of the budget it takes
 */
export async function sampleBalance(
  core: Core & { suppliers: SupplierAccounts },
  account: SupplierAccount,
  slice: Slice,
): Promise<SupplierBalance[] | null> {
  const askedAt = core.now();
  const outcome = await core.suppliers.call(
    core,
    account,
    { kind: "read", slice, what: "balances", patienceMs: PATIENCE_MS[slice] },
    (supplier) => supplier.getBalances(),
  );
  if (outcome.kind !== "accepted") return null;
  const balances = new Map(outcome.value.flatMap(storable).map((one) => [one.currency, one]));
  const sampledAt = core.now();
  await core.db.$transaction(async (tx) => {
    // Processes that sample at once take turns, or each would write the same change down.
    await tx.$queryRaw`select from suppliers where id = ${account.id}::uuid for no key update`;
    const overlapping = await tx.balanceSample.findFirst({
      where: { supplierId: account.id, sampledAt: { gt: askedAt } },
      select: { id: true },
    });
    if (overlapping) return;
    for (const balance of balances.values()) {
      await writeSample(tx, core, account.id, balance, { askedAt, sampledAt });
    }
    await watchLines(tx, core, account, [...balances.values()]);
    await notify(tx, ["balance"]);
  });
  return [...balances.values()];
}

async function writeSample(
  tx: Tx,
  core: Pick<Core, "newId">,
  supplierId: string,
  balance: SupplierBalance,
  { askedAt, sampledAt }: { askedAt: Date; sampledAt: Date },
): Promise<void> {
  const last = await tx.balanceSample.findFirst({
    where: { supplierId, currency: balance.currency },
    orderBy: [{ sampledAt: "desc" }, { id: "desc" }],
  });
  if (!last || !isSame(last, balance)) {
    await tx.balanceSample.create({
      data: { id: core.newId(), supplierId, ...balance, sampledAt, firstAt: sampledAt, askedAt },
    });
    return;
  }
  // Never back: another process may have sampled since this one's answer came.
  await tx.balanceSample.updateMany({
    where: { id: last.id, sampledAt: { lt: sampledAt } },
    data: { sampledAt, askedAt },
  });
}

/** As it will be kept, so that it compares equal later; a currency with absurd amounts is left out. */
function storable({ currency, ...amounts }: SupplierBalance): SupplierBalance[] {
  const [available, reserved, pending] = [
    storableAmount(amounts.available),
    storableAmount(amounts.reserved),
    storableAmount(amounts.pending),
  ];
  if (available === null || reserved === null || pending === null) return [];
  return [{ currency, available, reserved, pending }];
}

const isSame = (last: BalanceSample, now: SupplierBalance): boolean =>
  last.available.eq(now.available) &&
  last.reserved.eq(now.reserved) &&
  last.pending.eq(now.pending);
