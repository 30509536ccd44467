import { v7 } from "uuid";
import type { Runtime } from "#lib/engine/runtime.ts";

/** The same runtime some hours ago: times and ids are of then. */
export function hoursAgo(runtime: Runtime, hours: number): Runtime {
  const now = () => new Date(Date.now() - hours * 3_600_000);
  return { ...runtime, now, newId: () => v7({ msecs: now().getTime() }) };
}
