import type { Core } from "#lib/platform/core.ts";
import { SLOTS, slotOf } from "./latency-slots.ts";
import type { Outcome } from "./port.ts";

/** Counts of whole minutes are kept for two days. */
const KEPT_HOURS = 48;
const FORGET_EVERY_MS = 60 * 60_000;
const MINUTE = 60_000;

/** What a call came to: the account's own failures apart from its refusals and its 429s. */
export type CallOutcome = "accepted" | "refused" | "limited" | "failed";

export type CallCounts = {
  count(core: Core, account: string, what: string, outcome: CallOutcome, tookMs: number): void;
  /** So many of the accepted calls brought something new. Without any such call nothing is noted. */
  noteUseful(account: string, what: string, count: number): void;
  /** When something was first counted that isn't written yet, by the caller's clock. */
  since(): Date | null;
  /** Adds them to what all processes have counted. What can't be written stays for the next time. */
  flush(core: Core): Promise<void>;
};

type Row = { account: string; minute: number; what: string; outcome: string };
type Count = Row & { calls: number; useful: number; tookMs: number; slots: number[] };

/** Gathers in memory what is written by the minute. */
export function createCallCounts(): CallCounts {
  let counts = new Map<string, Count>();
  let oldest: Date | null = null;
  let forgottenAt = 0;
  /** The minute of an account's last accepted call of a kind: news of it comes a little later. */
  const lastMinute = new Map<string, number>();

  function add(row: Row, { calls = 0, useful = 0, tookMs = 0, slots = [] }: Partial<Count>): void {
    const key = keyOf(row);
    const known = counts.get(key);
    if (known) {
      known.calls += calls;
      known.useful += useful;
      known.tookMs += tookMs;
      for (const [at, count] of slots.entries()) known.slots[at] = (known.slots[at] ?? 0) + count;
    } else {
      const all = Array.from({ length: SLOTS }, (_, at) => slots[at] ?? 0);
      counts.set(key, { ...row, calls, useful, tookMs, slots: all });
    }
  }

  return {
    count(core, account, what, outcome, tookMs) {
      const now = core.now();
      const minute = Math.floor(now.getTime() / MINUTE) * MINUTE;
      oldest ??= now;
      if (outcome === "accepted") lastMinute.set(`${account} ${what}`, minute);
      add({ account, minute, what, outcome }, { calls: 1, tookMs, slots: one(slotOf(tookMs)) });
    },
    noteUseful(account, what, count) {
      const minute = lastMinute.get(`${account} ${what}`);
      if (minute === undefined || count === 0) return;
      add({ account, minute, what, outcome: "accepted" }, { useful: count });
    },
    since: () => oldest,
    async flush(core) {
      const rows = [...counts.values()];
      counts = new Map();
      const since = oldest;
      oldest = null;
      const now = core.now();
      try {
        if (rows.length > 0) await write(core, rows);
        if (now.getTime() - forgottenAt >= FORGET_EVERY_MS) {
          await core.db.$executeRaw`
            delete from call_counts where minute < now() - make_interval(hours => ${KEPT_HOURS}::int)`;
          forgottenAt = now.getTime();
        }
      } catch (error) {
        for (const { calls, useful, tookMs, slots, ...row } of rows) {
          add(row, { calls, useful, tookMs, slots });
        }
        oldest = since;
        throw error;
      }
    },
  };
}

function one(slot: number): number[] {
  const slots = new Array<number>(SLOTS).fill(0);
  slots[slot] = 1;
  return slots;
}

async function write({ db }: Core, rows: Count[]): Promise<void> {
  // Always in the same order, or two processes would wait for each other.
  const sorted = rows.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  await db.$executeRaw`
    insert into call_counts (supplier_id, minute, what, outcome, calls, useful, took_ms, took_slots)
    select account, minute, what, outcome, calls, useful, took, slots::int[] from unnest(
      ${sorted.map(({ account }) => account)}::uuid[],
      ${sorted.map(({ minute }) => new Date(minute).toISOString())}::timestamptz[],
      ${sorted.map(({ what }) => what)}::text[],
      ${sorted.map(({ outcome }) => outcome)}::text[],
      ${sorted.map(({ calls }) => calls)}::int[],
      ${sorted.map(({ useful }) => useful)}::int[],
      ${sorted.map(({ tookMs }) => Math.max(0, Math.round(tookMs)))}::bigint[],
      ${sorted.map(({ slots }) => `{${slots.join(",")}}`)}::text[])
      as one (account, minute, what, outcome, calls, useful, took, slots)
    on conflict (supplier_id, minute, what, outcome) do update set
      calls = call_counts.calls + excluded.calls,
      useful = call_counts.useful + excluded.useful,
      took_ms = call_counts.took_ms + excluded.took_ms,
      took_slots = (
        select array_agg(coalesce(had, 0) + coalesce(more, 0) order by place)
        from unnest(call_counts.took_slots, excluded.took_slots) with ordinality as slot (had, more, place))`;
}

const keyOf = ({ account, minute, what, outcome }: Row): string =>
  `${account} ${minute} ${what} ${outcome}`;

export function callOutcome(outcome: Outcome<unknown>): CallOutcome {
  if (outcome.kind === "accepted") return "accepted";
  if (outcome.kind === "unknown") return "failed";
  if (outcome.refusal.class === "rate_limited") return "limited";
  return outcome.refusal.class === "transient" ? "failed" : "refused";
}
