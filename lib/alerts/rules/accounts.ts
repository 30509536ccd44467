import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import type { SystemSignalKey } from "#lib/signals/types.ts";
import { type AccountFacts, readAccounts } from "./account-facts.ts";
import {
  judgeBalanceAge,
  judgeCatalogAge,
  judgeDown,
  judgeKeyRefused,
  judgeLimits,
  judgePushRefused,
  judgeSlowness,
  type Verdict,
} from "./judge-account.ts";
import { notJudged } from "./not-judged.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** An outage is judged first, since less is said of an account that is down. */
const JUDGES = {
  supplier_down: judgeDown,
  key_refused: judgeKeyRefused,
  push_refused: judgePushRefused,
  supplier_slow: judgeSlowness,
  supplier_limiting: judgeLimits,
  balance_stale: judgeBalanceAge,
  catalog_outdated: judgeCatalogAge,
} as const satisfies { [Key in SystemSignalKey]?: (facts: AccountFacts, now: Date) => Verdict };

type Key = keyof typeof JUDGES;
const KEYS = Object.keys(JUDGES) as Key[];

/** What is wrong with an account as a whole; what was said of one that isn't connected any more is over. */
export const accounts: Rule = {
  name: "accounts",
  kinds: KEYS,
  everyMs: 10_000,
  async judge(ctx) {
    const now = ctx.now();
    const all = await readAccounts(ctx, now);
    const failed: { id: string; error: unknown }[] = [];
    for (const facts of all) {
      await settle(ctx, facts, now).catch((error) => failed.push({ id: facts.id, error }));
    }
    const gone = await ctx.db.systemSignal.findMany({
      where: { key: { in: KEYS }, clearedAt: null, subject: { notIn: all.map(({ id }) => id) } },
      select: { key: true, subject: true },
    });
    for (const { key, subject } of gone) {
      await ctx.db.$transaction((tx) => clearSystemSignal(tx, ctx, key as Key, subject));
    }
    if (failed.length > 0) throw notJudged(failed, "account");
  },
};

async function settle(ctx: RuleContext, facts: AccountFacts, now: Date): Promise<void> {
  let open = facts.open;
  for (const key of KEYS) {
    const verdict = JUDGES[key]({ ...facts, open }, now);
    if (verdict === "keep") continue;
    const isOpen = open.includes(key);
    if (verdict === null) {
      if (!isOpen) continue;
      await ctx.db.$transaction((tx) => clearSystemSignal(tx, ctx, key, facts.id));
      open = open.filter((one) => one !== key);
    } else {
      await ctx.db.$transaction((tx) => openSystemSignal(tx, ctx, key, facts.id, verdict));
      open = [...open, key];
    }
  }
}
