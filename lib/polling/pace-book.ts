import type { Core } from "#lib/platform/core.ts";
import { LEAST_SAMPLES, type Pace } from "./look-schedule.ts";
import { readPollingSettings } from "./polling-settings.ts";

/** Plans are made every ten seconds; a pace this old is still right enough. */
const PLAN_KEPT_MS = 10_000;
/** A socket that goes down is made up for by looks at once (`lib/orders/hurry-looks.ts`). */
const TOLD_KEPT_MS = 2_000;
/** The heart of a socket beats every 30 s, and what is heard of it is written down every 5 s. */
const SOCKET_SEEN_SECONDS = 45;
/** Messages that told of an order so lately are likely to tell of the next one too. */
const MESSAGE_SEEN_SECONDS = 300;
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

type Plan = Omit<Pace, "curve" | "isTold">;
type Kept<T> = { until: number; value: Promise<T> };

export function createPaceBook(): PaceBook {
  const plans = new Map<string, Kept<Plan>>();
  const told = new Map<string, Kept<boolean>>();
  const curves = new Map<string, Kept<readonly number[] | null>>();

  return {
    async paceOf(core, supplierId, externalIds) {
      const now = core.now().getTime();
      const plan = await keep(plans, supplierId, now, PLAN_KEPT_MS, () =>
        readPlan(core, supplierId),
      );
      const isTold = await keep(told, supplierId, now, TOLD_KEPT_MS, () =>
        readTold(core, supplierId),
      );
      if (plan.settings.schedule.preset !== "learned") return { ...plan, isTold, curve: null };
      if (curves.size > MOST_CURVES) curves.clear();
      const known = await Promise.all(
        [...new Set(externalIds)].map((externalId) =>
          keep(curves, `${supplierId}/${externalId}`, now, CURVE_KEPT_MS, () =>
            readCurve(core, supplierId, externalId),
          ),
        ),
      );
      return { ...plan, isTold, curve: slowest(known) };
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

/** Whether the supplier tells by itself at present: by its socket, or by messages. */
async function readTold({ db }: Reader, supplierId: string): Promise<boolean> {
  const healthy = await db.$queryRaw<unknown[]>`
    select 1 from supplier_sockets
    where supplier_id = ${supplierId}::uuid and state = 'up' and lease_until > now()
      and seen_at > now() - make_interval(secs => ${SOCKET_SEEN_SECONDS})
    union all
    (select 1 from inbox_messages
    where supplier_id = ${supplierId}::uuid and via = 'webhook' and state = 'done' and order_id is not null
      and received_at > now() - make_interval(secs => ${MESSAGE_SEEN_SECONDS})
    limit 1)`;
  return healthy.length > 0;
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
