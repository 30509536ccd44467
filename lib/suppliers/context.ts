import type { Core } from "#lib/platform/core.ts";
import type { Env } from "#lib/platform/env.ts";
import type { OutboundGuard } from "#lib/platform/outbound-guard.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { SupplierAccounts } from "./account.ts";

/** What accounts are opened with. */
export type OpeningContext = Core & {
  sealer: Sealer;
  guard: OutboundGuard;
  /** An account may be set up by the environment of the process. */
  env: Pick<Env, "FOXRELOAD_BASE_URL" | "FOXRELOAD_API_KEY" | "FOXRELOAD_CURRENCY">;
};

/** What the verbs of this room work with. */
export type SuppliersContext = OpeningContext & { suppliers: SupplierAccounts };
