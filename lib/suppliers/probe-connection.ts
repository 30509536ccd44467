import { createAccounts, type SupplierAccount, type SupplierAccounts } from "./account.ts";
import type { OpeningContext } from "./context.ts";
import type { FoxreloadConfig } from "./foxreload/kind.ts";
import { connectForProbe } from "./foxreload/probe-extras.ts";
import { connectMaterial, openMaterial } from "./open-account.ts";
import type { ProbeExtras } from "./probe-types.ts";

/** An account connected for a probe, to be used alone and closed at its end. */
export type ProbeConnection = {
  account: SupplierAccount;
  accounts: SupplierAccounts;
  extras: ProbeExtras | null;
};

/**
 * Connects an account once more, with what only a probe asks where its kind has that. Throws where it
 * can't be connected any more.
 */
export async function connectProbe(
  ctx: OpeningContext,
  account: SupplierAccount,
): Promise<ProbeConnection> {
  const row = await ctx.db.supplier.findUniqueOrThrow({
    where: { id: account.id },
    include: { secrets: true },
  });
  const material = await openMaterial(ctx, row);
  if (!material.ok) throw new Error(`Supplier ${row.slug} can't be connected: ${material.why}.`);
  const { kind, config, secrets, connector } = material.value;
  if (kind.kind === "foxreload") {
    const { supplier, extras } = connectForProbe({
      ...(config as FoxreloadConfig),
      apiKey: secrets.apiKey?.[0] ?? "",
      now: ctx.now,
      connector,
    });
    const probed = { ...account, supplier };
    return { account: probed, accounts: createAccounts([probed]), extras };
  }
  const connected = connectMaterial(ctx, row, material.value);
  if (!connected.ok) throw new Error(`Supplier ${row.slug} can't be connected: ${connected.why}.`);
  return { account: connected.value, accounts: createAccounts([connected.value]), extras: null };
}
