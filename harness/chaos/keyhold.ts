/** Keyhold in this process: what a web server would be, which takes orders and sends none. */

import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { openChainKeys } from "#lib/audit/chain-keys.ts";
import { walkCatalogPage } from "#lib/catalog/walk-catalog.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { systemCore } from "#lib/platform/core.ts";
import { openDb } from "#lib/platform/db.ts";
import { type Env, parseEnv, secretsOf } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { createOutboundGuard } from "#lib/platform/outbound-guard.ts";
import { configureBudget } from "#lib/suppliers/configure-budget.ts";
import { connectSuppliers } from "#lib/suppliers/connect-suppliers.ts";
import type { ChaosPlan } from "./plan.ts";

/** Far more than is ever needed: what is tried here is not the budget. */
const CALLS_PER_MINUTE = 60_000;

export type ChaosKeyhold = OrdersContext & { supplierId: string; close(): Promise<void> };

/** @param variables the environment of the workers too */
export async function openKeyhold(
  variables: NodeJS.ProcessEnv,
  folder: string,
): Promise<ChaosKeyhold> {
  const env: Env = parseEnv(variables);
  const file = createWriteStream(join(folder, "customers.log"), { flags: "a", mode: 0o600 });
  const log = createLog(env.LOG_LEVEL, secretsOf(env), (line) => file.write(line));
  const db = openDb(env.DATABASE_URL);
  const core = systemCore(db, log);
  const source = openKeySource(env);
  const sealer = await openSealer(core, source);
  await openChainKeys(db, source);
  const guard = createOutboundGuard({ allowPrivate: true, privateHosts: [] });
  const suppliers = await connectSuppliers({ ...core, sealer, guard, env });
  const [account] = suppliers.all();
  if (!account) throw new Error("The supplier is not connected.");
  return {
    ...core,
    suppliers,
    sealer,
    supplierId: account.id,
    async close() {
      await suppliers.close();
      await db.$disconnect();
      file.end();
    },
  };
}

/** The account as planned, and its whole catalogue, before anything goes wrong. */
export async function prepareAccount(
  keyhold: ChaosKeyhold,
  { account: { settlingMs, isExclusive } }: ChaosPlan,
): Promise<void> {
  await keyhold.db.supplier.update({
    where: { id: keyhold.supplierId },
    data: { settlingMs, isExclusive },
  });
  await keyhold.db.$transaction((tx) =>
    configureBudget(tx, keyhold.supplierId, { callsPerMinute: CALLS_PER_MINUTE }),
  );
  for (const account of keyhold.suppliers.all()) {
    while ((await walkCatalogPage(keyhold, account)) === "more");
  }
}

/** The wares by the names that the simulator gives them, as far as they are needed. */
export async function readWares(
  keyhold: ChaosKeyhold,
  externalIds: ReadonlyMap<string, string>,
): Promise<Map<string, { id: string; externalId: string; price: string }>> {
  const rows = await keyhold.db.product.findMany({
    where: { supplierId: keyhold.supplierId, externalId: { in: [...externalIds.values()] } },
    select: { id: true, externalId: true, price: true },
  });
  const byExternalId = new Map(
    rows.map((row) => [row.externalId, { ...row, price: row.price.toFixed() }]),
  );
  return new Map(
    [...externalIds].map(([slug, externalId]) => {
      const ware = byExternalId.get(externalId);
      if (!ware) throw new Error(`The catalogue lacks ${slug}.`);
      return [slug, ware];
    }),
  );
}
