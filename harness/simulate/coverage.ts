/** Which rare places a series of runs has come to, and which it should have. */
import type { Client } from "pg";
import { pointsOf } from "./plan.ts";
import type { TraitsName } from "./traits.ts";

/** A series this long has to come everywhere. */
export const LONG_SERIES = 1_000;

/** The names under which a run notes its labels. */
export const reachedName = (label: string): string => `reached ${label}`;
export const diedName = (label: string): string => `died at ${label}`;

/** What the database tells of the decisions that a run has gone through. */
const BRANCHES = `
  select 'status ' || status as branch from orders
  union select 'signal ' || key from order_signals
  union select 'system signal ' || key from system_signals
  union select 'timeline ' || kind from timeline_entries
  union select kind || ' ' || coalesce(outcome, 'open') || coalesce(', ' || resolution, '') from order_attempts
  union select 'supplier order ' || coalesce(attribution, case when alerted_at is null then 'unseen' else 'alerted' end)
    from supplier_orders
  union select 'gate waits for ' || waits_for from placement_gates where waits_for is not null
  union select case when complete then 'pass complete' else 'pass broken off' end from gate_passes
  union select 'list ' || case when distrust_why is not null then 'distrusted' when swept_at is not null then 'swept'
    when mode = 'sweep' then 'to be swept' else 'not swept' end from polling_plans
  union select 'sweep missed some' from polling_plans where (last_sweep->>'missing')::int > 0
  union select 'sweep saw some move' from polling_plans where (last_sweep->>'moved')::int > 0
  union select 'polling ' || reason from polling_plans
  union select 'socket told some' from supplier_sockets where updates > 0
  union select 'socket came back' from supplier_sockets where connects > 1
  union select 'audit ' || action from audit_entries`;

/** Without these, a long series hasn't tried what it is there to try. */
export const EXPECTED_BRANCHES = [
  "status completed",
  "status partial",
  "status cancelled",
  "status failed",
  "status rejected",
  "status unconfirmed",
  "create accepted",
  "create refused",
  "create unknown, claimed",
  "create unknown, not_created",
  "create unknown, superseded",
  "create unknown, given_up",
  "create orphaned",
  "pay accepted",
  "pay refused",
  "pay unknown",
  "supplier order ours",
  "supplier order foreign",
  "supplier order orphan",
  "supplier order alerted",
  "gate waits for person",
  "pass complete",
  "pass broken off",
  "signal waits_for_twin",
  "signal extra_supplier_order",
  "signal unknown_word",
  "signal code_changed",
  "signal codes_short",
  "signal codes_extra",
  "signal codes_withheld",
  "signal stalled",
  "system signal unattributed_supplier_order",
  "system signal mode_fell_back",
  "list swept",
  "list distrusted",
  "sweep missed some",
  "sweep saw some move",
  "polling sweep_is_cheaper",
  "polling distrusted",
  "timeline adopted",
  "timeline backward_ignored",
  "timeline create_orphaned",
  "timeline not_created",
  "timeline not_placed_proposed",
  "timeline given_up",
] as const;

/** The same of suppliers that work otherwise. */
const EXPECTED_OF: Record<Exclude<TraitsName, "polled">, readonly string[]> = {
  guarded: ["create unknown, claimed", "status unconfirmed", "create accepted"],
  by_reference: [
    ...["search_unsent", "search_answered"].flatMap((point) => [
      reachedName(point),
      diedName(point),
    ]),
    ...["create unknown, claimed", "create unknown, not_created", "timeline not_found"],
  ],
  found_and_listed: ["create unknown, claimed", "create unknown, not_created", "timeline adopted"],
  push: ["timeline told", "create unknown, claimed", "create accepted, claimed"],
  push_and_poll: ["timeline told", "create unknown, claimed", "pass complete"],
  thin: ["timeline told", "create unknown, claimed", "pass complete"],
  socket: ["socket told some", "socket came back", "create unknown, claimed", "pass complete"],
  no_codes: ["timeline told", "socket told some", "status completed", "create unknown, claimed"],
};

export async function readBranches(observer: Client): Promise<string[]> {
  const { rows } = await observer.query<{ branch: string }>({ name: "branches", text: BRANCHES });
  return rows.map(({ branch }) => branch);
}

/** How many runs came to each place. */
export type Coverage = Map<string, number>;

export function addTo(coverage: Coverage, places: readonly string[]): void {
  for (const place of places) coverage.set(place, (coverage.get(place) ?? 0) + 1);
}

/** What a long series has missed. */
export function missing(coverage: Coverage, traits: TraitsName = "polled"): string[] {
  // Other ways come to fewer places, and have branches of their own.
  const wanted =
    traits === "polled"
      ? [
          ...pointsOf(traits).flatMap((label) => [reachedName(label), diedName(label)]),
          ...EXPECTED_BRANCHES,
        ]
      : EXPECTED_OF[traits];
  return wanted.filter((name) => !coverage.has(name));
}
