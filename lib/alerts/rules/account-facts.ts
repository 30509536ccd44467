import { type RuleSettings, readRuleSettings } from "#lib/suppliers/rule-settings.ts";
import { awakeSince } from "./engine-awake.ts";
import { readBeats } from "./engine-late.ts";
import type { RuleContext } from "./rule.ts";

/** What is known of how an account is. */
export type AccountFacts = {
  id: string;
  settings: RuleSettings;
  /** Signals of it that stand. */
  open: readonly string[];
  /** Since when the engine works without a pause; null while it doesn't. */
  awakeSince: Date | null;
  connectedAt: Date;
  lastOkAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
  keyRefusedAt: Date | null;
  /** Messages in its name that weren't proved to be its own, the last of them, and the last that was, where there were any. */
  pushRefusals: number;
  pushRefusedAt: Date | null;
  pushRefusedWhy: string | null;
  messageAt: Date | null;
  /** It answers what its balance is, and what it has to sell. */
  tellsBalance: boolean;
  tellsCatalog: boolean;
  balanceAt: Date | null;
  catalogAt: Date | null;
  pollingPausedUntil: Date | null;
  /** Its breaker isn't closed, and how often in a row that opened. */
  isTripped: boolean;
  trips: number;
  ratePerMinute: number;
  /** Calls of the last five minutes, and those of the last two. */
  calls: number;
  failed: number;
  callsNow: number;
  failedNow: number;
  /** Of the calls of the last five minutes that were answered: how many, and how long they took together. */
  answered: number;
  answeredMs: number;
  /** Of the last ten minutes: calls that were too many, and in how many of the minutes. */
  limited: number;
  limitedMinutes: number;
};

type Row = Omit<AccountFacts, "settings" | "awakeSince" | "tellsBalance" | "tellsCatalog"> & {
  settings: unknown;
};

const ago = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

/** Of all accounts that are connected, in one statement. */
export async function readAccounts(ctx: RuleContext, now: Date): Promise<AccountFacts[]> {
  const traits = new Map(ctx.suppliers.all().map(({ id, supplier }) => [id, supplier.traits]));
  const ids = [...traits.keys()];
  const [beats, rows] = await Promise.all([
    readBeats(ctx),
    ctx.db.$queryRaw<Row[]>`
      select s.id::text, s.rule_settings as settings, s.created_at as "connectedAt",
        s.last_ok_at as "lastOkAt", s.last_error_at as "lastErrorAt", s.last_error as "lastError",
        s.key_refused_at as "keyRefusedAt", s.push_refusals as "pushRefusals",
        s.push_refused_at as "pushRefusedAt", s.push_refused_why as "pushRefusedWhy",
        case when s.push_refused_at is not null then (
          select max(m.received_at) from inbox_messages m where m.supplier_id = s.id and m.via = 'webhook') end as "messageAt",
        s.polling_paused_until as "pollingPausedUntil",
        array(select g.key from system_signals g where g.subject = s.id::text and g.cleared_at is null) as open,
        (select max(b.sampled_at) from balance_samples b where b.supplier_id = s.id) as "balanceAt",
        (select max(w.finished_at) from catalog_walks w where w.supplier_id = s.id) as "catalogAt",
        b.open_until is not null as "isTripped", coalesce(b.trips, 0) as trips,
        coalesce(b.rate, 0)::float8 as "ratePerMinute", c.*
      from suppliers s left join call_budgets b on b.supplier_id = s.id
      cross join lateral (
        select coalesce(sum(calls) filter (where minute > ${ago(now, 6)}), 0)::int as calls,
          coalesce(sum(calls) filter (where outcome = 'failed' and minute > ${ago(now, 6)}), 0)::int as failed,
          coalesce(sum(calls) filter (where minute > ${ago(now, 3)}), 0)::int as "callsNow",
          coalesce(sum(calls) filter (where outcome = 'failed' and minute > ${ago(now, 3)}), 0)::int as "failedNow",
          coalesce(sum(calls) filter (where outcome <> 'failed' and minute > ${ago(now, 6)}), 0)::int as answered,
          coalesce(sum(took_ms) filter (where outcome <> 'failed' and minute > ${ago(now, 6)}), 0)::float8 as "answeredMs",
          coalesce(sum(calls) filter (where outcome = 'limited'), 0)::int as limited,
          (count(distinct minute) filter (where outcome = 'limited'))::int as "limitedMinutes"
        from call_counts where supplier_id = s.id and minute > ${ago(now, 11)}) c
      where s.id = any(${ids}::uuid[])`,
  ]);
  const since = awakeSince(beats, now);
  return rows.map(({ settings, ...row }) => ({
    ...row,
    tellsBalance: traits.get(row.id)?.balance !== "none",
    tellsCatalog: traits.get(row.id)?.catalog !== false,
    settings: readRuleSettings(settings),
    awakeSince: since,
  }));
}
