import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { storableAmount } from "#lib/platform/money.ts";
import { openSystemSignal, renewSystemSignal } from "#lib/signals/system-signals.ts";
import type { SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";
import { sampleBalance } from "./sample-balance.ts";

/** Between the further currencies of a warning, as it is read. */
const SEPARATOR = ", ";

type Word = { currency: string | null; available: string | null };

/**
 * A supplier tells by itself that an account runs low. What it says of the amount isn't believed where it can be
 * asked, and a line of ours decides what is low; where there is neither, nobody but the supplier would ever say so:
 * its word is passed on, and stands until a person has seen to it. The account has one such warning: it tells of the
 * currency that was named last and lists the others, and one that joins them is told of anew.
 */
export async function takeLowWord(
  core: Core & { suppliers: SupplierAccounts },
  account: SupplierAccount,
  told: Word,
): Promise<void> {
  const { id: supplierId } = account;
  if (account.supplier.traits.balance !== "none") {
    // Where it doesn't answer now, it is asked again soon anyway.
    await sampleBalance(core, account, "refresh");
    const { currency } = told;
    const where = { supplierId, ...(currency === null ? {} : { currency }) };
    if ((await core.db.balanceLine.count({ where })) > 0) return;
  }
  const available = told.available === null ? null : storableAmount(told.available);
  await core.db.$transaction((tx) => tellLow(tx, core, account, { ...told, available }));
}

async function tellLow(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  { id: supplierId, slug }: SupplierAccount,
  { currency, available }: Word,
): Promise<void> {
  // Of two currencies that are told at once, none takes the other's place.
  await tx.$queryRaw`select id from suppliers where id = ${supplierId}::uuid for no key update`;
  const listed = await listedIn(tx, supplierId);
  if (currency === null && listed.length > 0) return;
  const isMore = currency !== null && listed.length > 0 && !listed.includes(currency);
  const also = listed.filter((one) => one !== currency).join(SEPARATOR);
  const tell = isMore ? renewSystemSignal : openSystemSignal;
  await tell(tx, core, "balance_told_low", supplierId, {
    slug,
    ...(currency === null ? {} : { currency }),
    ...(available === null ? {} : { available }),
    ...(also === "" ? {} : { also }),
  });
}

/** The currencies that its standing warning names, the last first. */
async function listedIn(tx: Tx, supplierId: string): Promise<string[]> {
  const standing = await tx.systemSignal.findFirst({
    where: { key: "balance_told_low", subject: supplierId, clearedAt: null },
    select: { data: true },
  });
  const { currency, also = "" } = (standing?.data ?? {}) as { currency?: string; also?: string };
  return currency === undefined ? [] : [currency, ...also.split(SEPARATOR).filter(Boolean)];
}
