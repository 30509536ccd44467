import type { Core } from "#lib/platform/core.ts";
import { LEAST_SAMPLES } from "#lib/polling/look-schedule.ts";
import { readPollingSettings } from "#lib/polling/polling-settings.ts";
import { pauseOf } from "#lib/suppliers/pause-policy.ts";
import { PAUSE_SELECT } from "#lib/suppliers/read-pauses.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { workOn } from "./held-up.ts";
import type { OrderStatus } from "./lifecycle.ts";
import type { LookWait } from "./types.ts";

/** What the waits of a supplier's orders depend on. */
export const WAIT_SELECT = {
  ...PAUSE_SELECT,
  blockedUntil: true,
  callBudget: { select: { openUntil: true, trial: true } },
  pollingPlan: { select: { settings: true, mode: true, sweepEveryMs: true, congestion: true } },
} as const satisfies Prisma.SupplierSelect;

type Selected = Prisma.SupplierGetPayload<{ select: typeof WAIT_SELECT }>;

/** Why an order's next look is when it is, as far as its schedule, the budget and the supplier go. */
export async function readWait(
  core: Pick<Core, "db" | "now">,
  order: {
    supplierId: string;
    status: OrderStatus;
    pollEveryMs: number | null;
    externalIds: string[];
  },
  { blockedUntil, callBudget, pollingPlan, ...pauses }: Selected,
): Promise<LookWait> {
  const { preset } = readPollingSettings(pollingPlan?.settings).schedule;
  const ahead = (at: Date | null | undefined) => (at && at > core.now() ? at.toISOString() : null);
  return {
    preset,
    everyMs: order.pollEveryMs,
    learnedFrom: preset === "learned" ? await samplesOf(core, order) : 0,
    congestion: pollingPlan?.congestion ?? 1,
    sweepEveryMs: pollingPlan?.mode === "sweep" ? pollingPlan.sweepEveryMs : null,
    silentUntil: ahead(blockedUntil),
    // While a call tries whether the account answers again, nobody knows until when.
    pausedUntil: callBudget?.trial ? null : ahead(callBudget?.openUntil),
    byPerson: pauseOf(pauses, workOn(order.status), core.now()),
  };
}

/** Of the product that the least is known of; one that too little is known of leaves nothing to go by. */
async function samplesOf(
  { db }: Pick<Core, "db">,
  { supplierId, externalIds }: { supplierId: string; externalIds: string[] },
): Promise<number> {
  const products = [...new Set(externalIds)];
  const curves = await db.productCurve.findMany({
    where: { supplierId, externalId: { in: products }, samples: { gte: LEAST_SAMPLES } },
    select: { samples: true },
  });
  if (curves.length < products.length) return 0;
  return Math.min(...curves.map(({ samples }) => samples));
}
