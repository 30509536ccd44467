/** Whether a supplier's open orders are asked for one by one or by its list, and how fast. Pure. */
import { MOST_CONGESTION } from "./look-schedule.ts";

/** Half of it is what an order's news waits for on average, before the read that fetches its codes. */
export const SWEEP_EVERY_MS = 2_500;
/** A page holds 50 orders, of which neighbours share five. */
const PAGE_ROWS = 50;
const PAGE_STEP = 45;
/** To begin sweeping has to be worth it by so much, or two equal ways would take turns. */
const WORTH_CHANGING = 0.85;
/** One order alone is read by itself. */
const LEAST_OPEN = 2;
/** Of the budget: sweeps leave a little over, so that what they find is read without queueing. */
const SWEEPING_SHARE = 0.9;
/** Single looks ask for a little more than there is: those due simply queue, and no call is left unused. */
const QUEUEING_SHARE = 1.1;
/** However many orders end, so much of the budget is left to find out which. */
const LEAST_SHARE = 0.2;

export type PlanMode = "single" | "sweep";

export type PlanReason =
  | "not_planned"
  | "switched_off"
  /** The account lists nothing. */
  | "no_list"
  /** The list was not understood lately. */
  | "distrusted"
  | "nothing_to_sweep"
  | "single_is_cheaper"
  | "sweep_is_cheaper";

export type NotSwept = Extract<PlanReason, "switched_off" | "no_list" | "distrusted">;

/** What is open at a supplier, by minute where it is a rate. */
export type PlanFacts = {
  /** Young paid orders, which a sweep would show. */
  open: number;
  /** Looks a minute that their schedules ask for. */
  openDue: number;
  /** Looks a minute that the schedules of all others ask for: slow ones, those that miss codes. */
  otherDue: number;
  /** Orders a minute that come to an end; each takes a read of its own. */
  moves: number;
  /** Pages that sweeps take beyond what our orders fill: somebody else's orders. */
  foreignPages: number;
  /** Calls a minute that looking may take. */
  budget: number;
};

export type PlanChoice = {
  mode: PlanMode;
  reason: PlanReason;
  congestion: number;
  sweepEveryMs: number | null;
  /** Calls a minute that either way would take, if nothing were stretched. */
  callsSingle: number;
  callsSweep: number;
};

/**
 * The way that takes fewer calls, and by how much every wait is stretched where the budget doesn't
 * bear it.
 * @param notSwept null: may be swept; otherwise why not
 * @param everyMs between two sweeps where nothing is stretched
 */
export function choosePlan(
  facts: PlanFacts,
  before: PlanMode,
  notSwept: NotSwept | null,
  everyMs: number = SWEEP_EVERY_MS,
): PlanChoice {
  const pageCalls = ((pagesOf(facts.open) + facts.foreignPages) * 60_000) / everyMs;
  const callsSingle = facts.openDue + facts.otherDue;
  const callsSweep = pageCalls + facts.moves + facts.otherDue;
  const reason = reasonFor(facts, callsSweep, callsSingle, before, notSwept);
  if (reason !== "sweep_is_cheaper") {
    const congestion = stretch(callsSingle, 0, facts.budget * QUEUEING_SHARE);
    return { mode: "single", reason, congestion, sweepEveryMs: null, callsSingle, callsSweep };
  }
  const planned = facts.budget * SWEEPING_SHARE;
  const congestion = stretch(pageCalls + facts.otherDue, facts.moves, planned);
  const sweepEveryMs = Math.round(everyMs * congestion);
  return { mode: "sweep", reason, congestion, sweepEveryMs, callsSingle, callsSweep };
}

function reasonFor(
  { open }: PlanFacts,
  callsSweep: number,
  callsSingle: number,
  before: PlanMode,
  notSwept: NotSwept | null,
): PlanReason {
  if (notSwept !== null) return notSwept;
  if (open < LEAST_OPEN) return "nothing_to_sweep";
  const limit = before === "sweep" ? callsSingle : callsSingle * WORTH_CHANGING;
  return callsSweep < limit ? "sweep_is_cheaper" : "single_is_cheaper";
}

/** Pages on which that many orders stand. */
export const pagesOf = (orders: number): number =>
  1 + Math.max(0, Math.ceil((orders - PAGE_ROWS) / PAGE_STEP));

/** By how much waits have to grow, so that what can wait fits in beside what can't. */
function stretch(canWait: number, cannotWait: number, budget: number): number {
  const left = Math.max(budget - cannotWait, budget * LEAST_SHARE);
  if (canWait <= left) return 1;
  return left > 0 ? Math.min(MOST_CONGESTION, canWait / left) : MOST_CONGESTION;
}
