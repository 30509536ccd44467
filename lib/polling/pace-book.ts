import type { Core } from "#lib/platform/core.ts";
import { LEAST_SAMPLES, type Pace } from "./look-schedule.ts";
import { readPollingSettings } from "./polling-settings.ts";

/** Plans are made every ten seconds; a pace this old is still right enough. */
const PLAN_KEPT_MS = 10_000;
/** Curves are learnt every five minutes. */
const CURVE_KEPT_MS = 60_000;
/** Products of which a process keeps the curves in memory; 100 bytes each. */
const MOST_CURVES = 5_000;

type Reader = Pick<Core, "db" | "now">;

/** What this process knows of the paces of all suppliers, kept for some seconds. */
export type PaceBook = {
  /**
   * How orders for these products are to be looked at. Of several products the slowest counts, since
   * the order is over with its last; with one that too little is known of, none is. Reads the
   * database now and then: not to be called within a transaction.
   */
  paceOf(core: Reader, supplierId: string, externalIds: readonly string[]): Promise<Pace>;
};

type Plan = Omit<Pace, "curve">;
type Kept<T> = { until: number; value: Promise<T> };

export function createPaceBook(): PaceBook {
  const plans = new Map<string, Kept<Plan>>();
  const curves = new Map<string, Kept<readonly number[] | null>>();

  return {
    async paceOf(core, supplierId, externalIds) {
      const now = core.now().getTime();
      const plan = await keep(plans, supplierId, now, PLAN_KEPT_MS, () =>
        readPlan(core, supplierId),
      );
      if (plan.settings.schedule.preset !== "learned") return { ...plan, curve: null };
      if (curves.size > MOST_CURVES) curves.clear();
      const known = await Promise.all(
        [...new Set(externalIds)].map((externalId) =>
          keep(curves, `${supplierId}/${externalId}`, now, CURVE_KEPT_MS, () =>
            readCurve(core, supplierId, externalId),
          ),
        ),
      );
      return { ...plan, curve: slowest(known) };
    },
  };
}

/** Callers who come at once share one read; one that failed is not kept. */
function keep<T>(
  kept: Map<string, Kept<T>>,
  key: string,
  now: number,
  forMs: number,
  read: () => Promise<T>,
): Promise<T> {
  const known = kept.get(key);
  if (known && now < known.until) return known.value;
  const value = read();
  kept.set(key, { until: now + forMs, value });
  value.catch(() => kept.delete(key));
  return value;
}

async function readPlan({ db }: Reader, supplierId: string): Promise<Plan> {
  const row = await db.pollingPlan.findUnique({ where: { supplierId } });
  return {
    settings: readPollingSettings(row?.settings),
    congestion: row?.congestion ?? 1,
    sweepEveryMs: row?.mode === "sweep" ? row.sweepEveryMs : null,
  };
}

async function readCurve(
  { db }: Reader,
  supplierId: string,
  externalId: string,
): Promise<readonly number[] | null> {
  const row = await db.productCurve.findUnique({
    where: { supplierId_externalId: { supplierId, externalId } },
  });
  return row && row.samples >= LEAST_SAMPLES && isCurve(row.quantiles) ? row.quantiles : null;
}

const isCurve = (quantiles: number[]): boolean =>
  quantiles.length >= 2 && quantiles.every((ms, at) => ms >= 0 && ms >= (quantiles[at - 1] ?? 0));

/** By its median. */
function slowest(curves: (readonly number[] | null)[]): readonly number[] | null {
  let slow: readonly number[] | null = null;
  for (const curve of curves) {
    if (curve === null) return null;
    if (slow === null || median(curve) > median(slow)) slow = curve;
  }
  return slow;
}

const median = (curve: readonly number[]): number => curve[curve.length >> 1] ?? 0;
