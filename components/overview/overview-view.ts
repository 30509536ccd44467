import type { Overview } from "#lib/orders/read-overview.ts";
import type { SystemSignalView } from "#lib/signals/types.ts";

/** What a person should know beyond single orders, with the name of what it is about. */
export type NamedSignal = SystemSignalView & { name: string };

/** What the overview shows. Plain JSON: it travels by `/api/live/overview`. */
export type OverviewView = Overview & { system: NamedSignal[] };
