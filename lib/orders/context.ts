import type { Core } from "#lib/platform/core.ts";
import type { CrashPoint } from "#lib/platform/crash-points.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { PaceBook } from "#lib/polling/pace-book.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import type { LookRecorder } from "./record-look.ts";

/** What the verbs of this room need, built once a process. */
export type OrdersContext = Core & {
  sealer: Sealer;
  suppliers: SupplierAccounts;
  /** How orders are looked at; each the usual way where left out. */
  paces?: PaceBook;
  /** Records what looks bring, many at a time; each by itself where left out. */
  looks?: LookRecorder;
  /** Once aborted, what only waits for its turn to be sent is given back instead. */
  stop?: AbortSignal;
  /** Called at each named step; only the simulation gives one, and may never come back from it. */
  reach?: (point: CrashPoint) => Promise<void>;
  /** Waits; by the real clock where left out. */
  sleep?: (ms: number) => Promise<unknown>;
};
