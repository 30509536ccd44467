import type { Actor } from "#lib/access/actor.ts";
import { recordTopUp } from "#lib/balance/record-top-up.ts";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { configureSupplier } from "#lib/placement/configure-supplier.ts";
import { add } from "#lib/platform/money.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { hoursAgo } from "./hours-ago.ts";
import type { SimulatorControl } from "./simulator-control.ts";

const TOP_UP = "750";
/** The day's orders come below the first line, and the money above it again. */
const LINES = { lowAt: "2100", okAt: "2200", criticalAt: "500" };
const SET_HOURS_AGO = 27;
/** When the money came, between two chapters. */
export const TOP_UP_HOURS_AGO = 12;

/** From when on somebody is told, and where the supplier's desk is. */
export async function setLines(
  runtime: Runtime,
  { slug, currency }: SupplierAccount,
): Promise<void> {
  const then = hoursAgo(runtime, SET_HOURS_AGO);
  const job = { kind: "job", name: "keyhold" } as const;
  await configureSupplier(then, job, slug, {
    balance: { [currency]: LINES },
    supportEmail: "support@foxreload.example",
  });
}

/** Money is put into the account, and somebody writes it down. */
export async function tellTopUp(
  then: Runtime,
  actor: Actor,
  account: SupplierAccount,
  simulator: SimulatorControl,
): Promise<void> {
  const { currency } = account;
  const held = await sampleBalance(then, account, "refresh");
  const available = held?.find((balance) => balance.currency === currency)?.available;
  if (available === undefined) return;
  await simulator.setBalance(currency.toLowerCase(), add(available, TOP_UP));
  await sampleBalance(then, account, "refresh");
  const topUp = {
    ...{ supplierId: account.id, currency, amount: TOP_UP },
    at: then.now().toISOString(),
    note: "Bank transfer, November",
  };
  await recordTopUp(then, actor, topUp, { address: null, correlationId: null });
}
