import type { Core } from "#lib/platform/core.ts";
import type { PlanMode } from "./choose-plan.ts";
import { LEAST_SAMPLES } from "./look-schedule.ts";
import { type PollingSettings, readPollingSettings } from "./polling-settings.ts";

/** How a supplier's open orders are looked at, and why. Times as ISO text. */
export type PlanView = {
  supplierId: string;
  mode: PlanMode;
  /** One of `PlanReason`. */
  reason: string;
  /** open, dueAMinute, movesAMinute, callsSingle, callsSweep, budget. */
  facts: Record<string, number>;
  plannedAt: string | null;
  congestion: number;
  sweepEveryMs: number | null;
  sweptAt: string | null;
  /** pages, seen, moved, missing. */
  lastSweep: Record<string, number> | null;
  /** Null once it is over. */
  distrustUntil: string | null;
  distrustWhy: string | null;
  learnedProducts: number;
  settings: PollingSettings;
};

/** Of every supplier that was ever planned for or set up; the others go by the defaults. */
export async function readPlans(core: Pick<Core, "db" | "now">): Promise<PlanView[]> {
  const [plans, learned] = await Promise.all([
    core.db.pollingPlan.findMany({ orderBy: { supplierId: "asc" } }),
    core.db.productCurve.groupBy({
      by: ["supplierId"],
      where: { samples: { gte: LEAST_SAMPLES } },
      _count: true,
    }),
  ]);
  const now = core.now();
  return plans.map((plan) => {
    const isDistrusted = plan.distrustUntil !== null && plan.distrustUntil > now;
    return {
      supplierId: plan.supplierId,
      mode: plan.mode === "sweep" ? "sweep" : "single",
      reason: plan.reason,
      facts: plan.facts as Record<string, number>,
      plannedAt: plan.plannedAt?.toISOString() ?? null,
      congestion: plan.congestion,
      sweepEveryMs: plan.mode === "sweep" ? plan.sweepEveryMs : null,
      sweptAt: plan.sweptAt?.toISOString() ?? null,
      lastSweep: plan.lastSweep as Record<string, number> | null,
      distrustUntil: isDistrusted ? (plan.distrustUntil?.toISOString() ?? null) : null,
      distrustWhy: isDistrusted ? plan.distrustWhy : null,
      learnedProducts:
        learned.find(({ supplierId }) => supplierId === plan.supplierId)?._count ?? 0,
      settings: readPollingSettings(plan.settings),
    };
  });
}
