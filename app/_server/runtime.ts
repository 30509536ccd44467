import { buildRuntime, type Runtime } from "#lib/engine/runtime.ts";
import { env } from "#lib/platform/env.ts";
import { logFailedStart } from "./log-failed-start.ts";

// On globalThis, since the development server loads modules anew with every change.
const holder = globalThis as { keyholdRuntime?: Promise<Runtime> };

/**
 * The web process's one runtime; built at the first call, and again after a failed start. That is
 * logged here, so whoever hears of it has nothing to add.
 */
export function runtime(): Promise<Runtime> {
  holder.keyholdRuntime ??= start().catch((error) => {
    holder.keyholdRuntime = undefined;
    logFailedStart(error);
    throw error;
  });
  return holder.keyholdRuntime;
}

/** Accounts that were added, changed or given another secret elsewhere are known here so soon. */
const SUPPLIERS_EVERY_MS = 5_000;

async function start(): Promise<Runtime> {
  const built = await buildRuntime(env());
  const { suppliers, log } = built;
  const refresh = () =>
    suppliers
      .refresh(built, SUPPLIERS_EVERY_MS / 2)
      .catch((error) => log.warn({ err: error }, "suppliers not read again"));
  setInterval(refresh, SUPPLIERS_EVERY_MS).unref();
  return built;
}
