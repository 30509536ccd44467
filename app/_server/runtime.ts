import { buildRuntime, type Runtime } from "#lib/engine/runtime.ts";
import { env } from "#lib/platform/env.ts";

// On globalThis, since the development server loads modules anew with every change.
const holder = globalThis as { keyholdRuntime?: Promise<Runtime> };

/** The web process's one runtime; built at the first call, and again after a failed start. */
export function runtime(): Promise<Runtime> {
  holder.keyholdRuntime ??= buildRuntime(env()).catch((error) => {
    holder.keyholdRuntime = undefined;
    throw error;
  });
  return holder.keyholdRuntime;
}
