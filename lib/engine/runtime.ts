import { ensureFirstAdmin } from "#lib/access/ensure-first-admin.ts";
import { promoteFirstOwner } from "#lib/access/promote-first-owner.ts";
import { singleSignOn } from "#lib/access/single-sign-on/single-sign-on.ts";
import { openChainKeys } from "#lib/audit/chain-keys.ts";
import { openChannels } from "#lib/deliveries/channels/open-channels.ts";
import type { DeliveriesContext } from "#lib/deliveries/context.ts";
import { materialFor } from "#lib/orders/announced-codes.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { systemCore } from "#lib/platform/core.ts";
import { openDb } from "#lib/platform/db.ts";
import { type Env, secretsOf } from "#lib/platform/env.ts";
import { createLog } from "#lib/platform/log.ts";
import { openKeySource } from "#lib/platform/open-key-source.ts";
import { openSealer } from "#lib/platform/open-sealer.ts";
import { createOutboundGuard, type OutboundGuard } from "#lib/platform/outbound-guard.ts";
import { createPaceBook } from "#lib/polling/pace-book.ts";
import { connectSuppliers } from "#lib/suppliers/connect-suppliers.ts";

/** Everything a process of ours works with. */
export type Runtime = OrdersContext &
  DeliveriesContext & { env: Env; guard: OutboundGuard; close(): Promise<void> };

/** Builds it from the configuration; throws when the database can't be reached. */
export async function buildRuntime(env: Env): Promise<Runtime> {
  // Set by half, it would only be noticed by whoever wants to sign in.
  singleSignOn(env);
  const log = createLog(env.LOG_LEVEL, secretsOf(env));
  const db = openDb(env.DATABASE_URL);
  const core = systemCore(db, log);
  const source = openKeySource(env);
  const sealer = await openSealer(core, source);
  await openChainKeys(db, source);
  await ensureFirstAdmin(core, { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD });
  await promoteFirstOwner(core);
  const guard = createOutboundGuard({
    allowPrivate: env.KEYHOLD_ALLOW_PRIVATE_ENDPOINTS,
    privateHosts: env.KEYHOLD_PRIVATE_HOSTS,
  });
  const suppliers = await connectSuppliers({ ...core, sealer, guard, env });
  const channels = openChannels({ guard });
  const consoleUrl = env.NEXTAUTH_URL;
  return {
    ...core,
    env,
    suppliers,
    paces: createPaceBook(),
    sealer,
    guard,
    channels,
    consoleUrl,
    material: (wanted) => materialFor({ ...core, sealer, consoleUrl }, wanted),
    async close() {
      await Promise.all([suppliers.close(), channels.close()]);
      await db.$disconnect();
    },
  };
}
