import { clearDealtWith } from "#lib/alerts/clear-dealt-with.ts";
import { evaluateRules } from "#lib/alerts/evaluate-rules.ts";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { sendNotices } from "#lib/alerts/send-notices.ts";
import { wakeAlerts } from "#lib/alerts/wake-alerts.ts";
import { WATCH_ASKED_EVERY_MS } from "#lib/audit/watch-limits.ts";
import { explainBalances } from "#lib/balance/explain-balances.ts";
import { sampleBalance } from "#lib/balance/sample-balance.ts";
import {
  EXPLAIN_EVERY_MS,
  SAMPLE_AFTER_MOVE_MS,
  SAMPLE_EVERY_MS,
} from "#lib/balance/sample-schedule.ts";
import { PAGE_EVERY_MS } from "#lib/catalog/sync-schedule.ts";
import { walkCatalogPage } from "#lib/catalog/walk-catalog.ts";
import { expireCodes } from "#lib/codes/expire-codes.ts";
import { quietReveals } from "#lib/codes/quiet-reveals.ts";
import { watchExpiries } from "#lib/codes/watch-expiries.ts";
import { watchStock } from "#lib/codes/watch-stock.ts";
import {
  ENDPOINTS_WATCHED_EVERY_MS,
  JOBS_ASKED_EVERY_MS,
  LOST_EVERY_MS,
  SWEEP_EVERY_MS,
} from "#lib/deliveries/delivery-schedule.ts";
import { recoverLost } from "#lib/deliveries/recover-lost.ts";
import { runJobs } from "#lib/deliveries/run-jobs.ts";
import { sweepDeliveries } from "#lib/deliveries/sweep-deliveries.ts";
import { watchEndpoints } from "#lib/deliveries/watch-endpoints.ts";
import { checkInvariants } from "#lib/doctor/check-invariants.ts";
import { watchAuditChain } from "#lib/doctor/watch-audit-chain.ts";
import { forgetMessages } from "#lib/inbound/forget-messages.ts";
import { ASKED_EVERY_MS, FORGET_EVERY_MS } from "#lib/inbound/inbox-policy.ts";
import { workOnInbox } from "#lib/inbound/work-on-inbox.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { auditAccounts } from "#lib/reconcile/audit-accounts.ts";
import { reconcileGates } from "#lib/reconcile/reconcile-gates.ts";
import { learnCurves } from "#lib/sweep/learn-curves.ts";
import { planPolling } from "#lib/sweep/plan-polling.ts";
import { sweepAccounts } from "#lib/sweep/sweep-accounts.ts";
import {
  ALERTS_EVERY_MS,
  AUDITS_EVERY_MS,
  BALANCES_ASKED_EVERY_MS,
  CURVES_EVERY_MS,
  DOCTOR_ASKED_EVERY_MS,
  EXPIRIES_EVERY_MS,
  EXPIRING_EVERY_MS,
  GATES_EVERY_MS,
  PLANS_EVERY_MS,
  REVEALS_EVERY_MS,
  RULES_ASKED_EVERY_MS,
  STOCK_EVERY_MS,
  SUPPLIERS_EVERY_MS,
  SWEEPS_EVERY_MS,
} from "./engine-schedule.ts";

/** Recurring work beside the orders. Any number of processes may do each at once without harm. */
export type Chore = {
  name: string;
  everyMs: number;
  /** `again`: more is to be done soon; a number: milliseconds until it should be asked again. */
  run(ctx: OrdersContext): Promise<"again" | "done" | number>;
};

export const CHORES: Chore[] = [
  {
    name: "refresh suppliers",
    everyMs: SUPPLIERS_EVERY_MS,
    async run(ctx) {
      await ctx.suppliers.refresh(ctx, SUPPLIERS_EVERY_MS / 2);
      return "done";
    },
  },
  {
    name: "judge rules",
    everyMs: RULES_ASKED_EVERY_MS,
    async run(ctx) {
      await evaluateRules({ ...ctx, isEngine: true });
      return "done";
    },
  },
  { name: "work on the inbox", everyMs: ASKED_EVERY_MS, run: workOnInbox },
  { name: "forget messages", everyMs: FORGET_EVERY_MS, run: forgetMessages },
  { name: "raise alerts", everyMs: ALERTS_EVERY_MS, run: raiseAlerts },
  { name: "clear what is dealt with", everyMs: ALERTS_EVERY_MS, run: clearDealtWith },
  { name: "wake alerts", everyMs: ALERTS_EVERY_MS, run: wakeAlerts },
  { name: "send notices", everyMs: ALERTS_EVERY_MS, run: sendNotices },
  {
    name: "plan polling",
    everyMs: PLANS_EVERY_MS,
    async run(ctx) {
      await planPolling(ctx);
      return "done";
    },
  },
  {
    name: "sweep accounts",
    everyMs: SWEEPS_EVERY_MS,
    run: sweepAccounts,
  },
  {
    name: "learn curves",
    everyMs: CURVES_EVERY_MS,
    async run(ctx) {
      for (const { id } of ctx.suppliers.all()) await learnCurves(ctx, id);
      return "done";
    },
  },
  {
    name: "reconcile gates",
    everyMs: GATES_EVERY_MS,
    async run(ctx) {
      await reconcileGates(ctx);
      return "done";
    },
  },
  {
    name: "audit accounts",
    everyMs: AUDITS_EVERY_MS,
    async run(ctx) {
      await auditAccounts(ctx);
      return "done";
    },
  },
  {
    name: "check invariants",
    everyMs: DOCTOR_ASKED_EVERY_MS,
    async run(ctx) {
      await checkInvariants(ctx);
      return "done";
    },
  },
  {
    name: "watch the audit chain",
    everyMs: WATCH_ASKED_EVERY_MS,
    async run(ctx) {
      await watchAuditChain(ctx);
      return "done";
    },
  },
  { name: "watch stock", everyMs: STOCK_EVERY_MS, run: watchStock },
  { name: "expire codes", everyMs: EXPIRIES_EVERY_MS, run: expireCodes },
  {
    name: "watch expiries",
    everyMs: EXPIRING_EVERY_MS,
    async run(ctx) {
      await watchExpiries(ctx);
      return "done";
    },
  },
  {
    name: "quiet reveals",
    everyMs: REVEALS_EVERY_MS,
    async run(ctx) {
      await quietReveals(ctx);
      return "done";
    },
  },
  { name: "recover lost deliveries", everyMs: LOST_EVERY_MS, run: recoverLost },
  { name: "sweep deliveries", everyMs: SWEEP_EVERY_MS, run: sweepDeliveries },
  { name: "run delivery jobs", everyMs: JOBS_ASKED_EVERY_MS, run: runJobs },
  {
    name: "watch endpoints",
    everyMs: ENDPOINTS_WATCHED_EVERY_MS,
    async run(ctx) {
      await watchEndpoints(ctx);
      return "done";
    },
  },
  {
    name: "sample balance",
    everyMs: BALANCES_ASKED_EVERY_MS,
    async run(ctx) {
      for (const account of ctx.suppliers.all()) {
        if (account.supplier.traits.balance === "none") continue;
        if (await isSampleDue(ctx, account.id)) await sampleBalance(ctx, account, "refresh");
      }
      return "done";
    },
  },
  {
    name: "explain balances",
    everyMs: EXPLAIN_EVERY_MS,
    async run(ctx) {
      await explainBalances(ctx);
      return "done";
    },
  },
  {
    name: "walk catalogue",
    everyMs: 5_000,
    async run(ctx) {
      let again: "again" | "done" = "done";
      for (const account of ctx.suppliers.all()) {
        if (!account.supplier.traits.catalog) continue;
        if ((await walkCatalogPage(ctx, account)) === "more") again = "again";
      }
      return again;
    },
  },
];

/** A chore that says `again` (a walk under way) is run again after this. */
export const AGAIN_MS = PAGE_EVERY_MS;

/** Once a minute, and soon after an order moved, since that is when money moves. */
async function isSampleDue(ctx: OrdersContext, supplierId: string): Promise<boolean> {
  const [sample, moved] = await Promise.all([
    ctx.db.balanceSample.findFirst({
      where: { supplierId },
      orderBy: { sampledAt: "desc" },
      select: { sampledAt: true },
    }),
    ctx.db.order.findFirst({
      where: { supplierId, isMock: false },
      orderBy: { statusChangedAt: "desc" },
      select: { statusChangedAt: true },
    }),
  ]);
  if (!sample) return true;
  const ageMs = ctx.now().getTime() - sample.sampledAt.getTime();
  const movedSince = moved !== null && moved.statusChangedAt > sample.sampledAt;
  return ageMs >= SAMPLE_EVERY_MS || (movedSince && ageMs >= SAMPLE_AFTER_MOVE_MS);
}
