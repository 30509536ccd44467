import type { Core } from "#lib/platform/core.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import type { AlertKind } from "../alert-policy.ts";

/** Judging needs no supplier's answer: it reads what is stored, and writes signals. */
export type RuleContext = Core & {
  suppliers: Pick<SupplierAccounts, "all" | "notConnected">;
  /** An engine judges: it is awake, although its first beat may still be on its way. */
  isEngine?: boolean;
};

/** Opens what holds and clears what no longer does. Any number of processes may judge at once. */
export type Rule = {
  /** Of its row in `rule_runs`. */
  name: string;
  kinds: readonly AlertKind[];
  everyMs: number;
  judge(ctx: RuleContext): Promise<void>;
};
