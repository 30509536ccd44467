import type { Facts } from "#lib/orders/decision.ts";
import { judgeSignals } from "#lib/orders/judge-signals.ts";
import type { SignalKey } from "#lib/orders/signals.ts";
import type { Tx } from "#lib/platform/db.ts";
import { inParts } from "../in-parts.ts";
import { notJudged } from "./not-judged.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** Orders whose rows are locked at once. */
const AT_ONCE = 100;
/** Standing ones that are looked at at once, without a lock. */
const STANDING_AT_ONCE = 5_000;
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
      const failed: { id: string; error: unknown }[] = [];
      const inBatches = async (
        ids: readonly string[],
        atOnce: number,
        run: (some: readonly string[]) => Promise<unknown>,
      ) => {
        for (let from = 0; from < ids.length; from += atOnce) {
          const batch = ids.slice(from, from + atOnce);
          // The others are judged by themselves: those that have waited longest come first, each time.
          await run(batch).catch(async () => {
            failed.push(...(await inParts(batch, run)).failed);
          });
        }
      };
      const over: string[] = [];
      await inBatches(standing, STANDING_AT_ONCE, async (some) => {
        const still = await judged(ctx.db, [...some], now);
        over.push(...some.filter((id) => (still.get(id) ?? null) === null));
      });
      await inBatches([...over, ...fresh], AT_ONCE, (some) =>
        judgeSignals(ctx, key, some, (tx, locked) => judged(tx, locked, now)),
      );
      if (failed.length > 0) throw notJudged(failed, "order");
    },
  };
}

async function readStanding({ db }: RuleContext, key: SignalKey): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select order_id::text as id from order_signals where key = ${key} and cleared_at is null`;
  return rows.map(({ id }) => id);
}
