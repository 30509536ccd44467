import type { Tx } from "#lib/platform/db.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import type { Json } from "#lib/platform/json.ts";
import { type PollingSettings, readPollingSettings } from "#lib/polling/polling-settings.ts";
import { type RuleSettings, readRuleSettings } from "#lib/suppliers/rule-settings.ts";
import { placementMode } from "./capabilities.ts";
import type { PlacementMode } from "./types.ts";

/** How an account is treated, and why. Times as ISO text. */
export type SupplierView = {
  slug: string;
  name: string;
  mode: PlacementMode;
  settlingMs: number;
  isExclusive: boolean;
  /** Decimal text; null: never. */
  secondPersonAbove: string | null;
  /** Below `lowAt` a currency is low, with `okAt` it has recovered, below `criticalAt` critical; decimal text. */
  balance: { currency: string; lowAt: string; okAt: string; criticalAt: string | null }[];
  /** Whom dossiers are mailed to; null where nobody wrote it down. */
  supportEmail: string | null;
  /** The supplier's clock less ours; null where it was never told. */
  clockOffsetMs: number | null;
  auditedAt: string | null;
  budget: { callsPerMinute: number; readsAtOnce: number; writesAtOnce: number } | null;
  polling: PollingSettings;
  rules: RuleSettings;
  /** By name; `from` is probe, answers or person. */
  capabilities: { name: string; value: Json; from: string; at: string }[];
};

/** Throws `not_found`. */
export async function readSupplier(
  core: { db: Pick<Tx, "supplier"> },
  slug: string,
): Promise<SupplierView> {
  const supplier = await core.db.supplier.findUnique({
    where: { slug },
    include: {
      capabilities: { orderBy: { name: "asc" } },
      callBudget: { select: { callsPerMinute: true, readsAtOnce: true, writesAtOnce: true } },
      balanceLines: { orderBy: { currency: "asc" } },
      pollingPlan: { select: { settings: true } },
    },
  });
  if (!supplier) throw new KeyholdError("not_found", `supplier ${slug}`);
  const { capabilities } = supplier;
  return {
    slug,
    name: supplier.name,
    mode: placementMode(
      Object.fromEntries(capabilities.map(({ name, value }) => [name, value as Json])),
    ),
    settlingMs: supplier.settlingMs,
    isExclusive: supplier.isExclusive,
    secondPersonAbove: supplier.secondPersonAbove?.toFixed() ?? null,
    balance: supplier.balanceLines.map(({ currency, lowAt, okAt, criticalAt }) => ({
      currency,
      lowAt: lowAt.toFixed(),
      okAt: okAt.toFixed(),
      criticalAt: criticalAt?.toFixed() ?? null,
    })),
    supportEmail: supplier.supportEmail,
    clockOffsetMs: supplier.clockOffsetMs,
    auditedAt: supplier.auditedAt?.toISOString() ?? null,
    budget: supplier.callBudget,
    polling: readPollingSettings(supplier.pollingPlan?.settings),
    rules: readRuleSettings(supplier.ruleSettings),
    capabilities: capabilities.map(({ name, value, learntFrom, learntAt }) => ({
      name,
      value: value as Json,
      from: learntFrom,
      at: learntAt.toISOString(),
    })),
  };
}
