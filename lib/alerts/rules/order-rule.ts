import type { Facts } from "#lib/orders/decision.ts";
import { judgeSignals } from "#lib/orders/judge-signals.ts";
import type { SignalKey } from "#lib/orders/signals.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** Orders whose rows are locked at once. */
const AT_ONCE = 100;
/** New ones in one pass; the rest comes with the next. */
const MOST = 2_000;

export type OrderRule<F> = {
  key: SignalKey;
  everyMs: number;
  /** Orders of which it may hold and isn't said yet; those that have waited longest first. */
  find(ctx: RuleContext, now: Date, most: number): Promise<string[]>;
  /** What it goes by, of these orders; of those left out it doesn't hold. */
  read(
    tx: Pick<Tx, "$queryRaw" | "pollingPlan" | "product">,
    orderIds: string[],
  ): Promise<Map<string, F>>;
  /** The signal's data, or null where it doesn't hold. Pure. */
  judge(facts: F, now: Date): Facts | null;
};

/** A rule about single orders: found set-wise, judged once more under their locks. */
export function orderRule<F>({ key, everyMs, find, read, judge }: OrderRule<F>): Rule {
  async function judged(
    db: Parameters<typeof read>[0],
    ids: string[],
    now: Date,
  ): Promise<Map<string, Facts | null>> {
    const facts = await read(db, ids);
    return new Map([...facts].map(([id, one]) => [id, judge(one, now)]));
  }

  return {
    name: key,
    kinds: [key],
    everyMs,
    async judge(ctx) {
      const now = ctx.now();
      const [fresh, standing] = await Promise.all([find(ctx, now, MOST), readStanding(ctx, key)]);
      const still = await judged(ctx.db, standing, now);
      const over = standing.filter((id) => (still.get(id) ?? null) === null);
      const ids = [...over, ...fresh];
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        await judgeSignals(ctx, key, ids.slice(from, from + AT_ONCE), (tx, locked) =>
          judged(tx, locked, now),
        );
      }
    },
  };
}

async function readStanding({ db }: RuleContext, key: SignalKey): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select order_id::text as id from order_signals where key = ${key} and cleared_at is null`;
  return rows.map(({ id }) => id);
}
