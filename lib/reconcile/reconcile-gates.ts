import type { OrdersContext } from "#lib/orders/context.ts";
import type { Observation } from "#lib/orders/observation.ts";
import { clearExtra, isUnpaid } from "#lib/orders/record-extra.ts";
import { recordWithin } from "#lib/orders/record-observations.ts";
import { readPlacementMode } from "#lib/placement/capabilities.ts";
import { decideGate, type GateDecision, OUTSTANDING_MS } from "#lib/placement/gate-decision.ts";
import {
  claimDueGate,
  type GateClaim,
  keepFrozen,
  lockHeldGate,
  renewGate,
  thawGate,
} from "#lib/placement/gates.ts";
import { setAttribution } from "#lib/placement/mirror.ts";
import { needsCounting, waysOf } from "#lib/placement/ways.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { notify } from "#lib/platform/notify.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { type Doubt, readDoubt, settledAt } from "./doubt.ts";
import { listOrders, type Walk } from "./list-orders.ts";
import { earlierPasses, recordPass } from "./passes.ts";
import { pictureOf } from "./picture.ts";
import { wakeWaiting } from "./wake-waiting.ts";

/** In one round; others are taken in the next, or by other processes. */
const MOST_AT_ONCE = 50;
const NOT_CONNECTED_MS = 60_000;
const FAILED_MS = 30_000;
/** Nobody's goods with this basket: a person says whose they are, and that wakes the gate. */
const NOBODYS_MS = 5 * 60_000;

/**
 * Looks into every frozen gate that is due: counts what the supplier lists against what was sent, and
 * opens the gate where that settles it. Any number of processes may do so at once; one holds a gate at
 * a time. Answers how many were looked into.
 */
export async function reconcileGates(ctx: OrdersContext): Promise<number> {
  for (let count = 0; count < MOST_AT_ONCE; count++) {
    if (ctx.stop?.aborted) return count;
    const claim = await claimDueGate(ctx);
    if (!claim) return count;
    await ctx.reach?.("gate_claimed");
    try {
      await reconcileGate(ctx, claim);
    } catch (error) {
      // One gate that can't be looked into must not keep the others waiting.
      ctx.log.error(
        { err: error, supplierId: claim.supplierId },
        "a gate could not be looked into",
      );
      const why = "Keyhold failed at it. It is tried again.";
      await keepFrozen(ctx.db, claim, { waitsFor: "incomplete", why, inMs: FAILED_MS });
    }
  }
  return MOST_AT_ONCE;
}

async function reconcileGate(ctx: OrdersContext, claim: GateClaim): Promise<void> {
  const account = ctx.suppliers.byId(claim.supplierId);
  const before = await readDoubt(ctx.db, claim);
  // Nobody here has asked for these goods yet, so nothing is unclear about them.
  if (!before) return settleNothing(ctx, claim);
  if (!account) {
    const why = "The supplier is not connected.";
    return keepFrozen(ctx.db, claim, { waitsFor: "incomplete", why, inMs: NOT_CONNECTED_MS });
  }
  // Its orders are found by reference, or by nobody: a basket that was frozen before holds back for nothing.
  if (!needsCounting(account.supplier.traits)) return openUncounted(ctx, claim, account);
  const { listFrom } = before;
  // Nothing is in doubt: at most somebody has to say whose the goods are that nobody owns.
  if (listFrom === null && before.outstanding === 0) return settleNothing(ctx, claim);
  if (listFrom === null || before.outstanding > 0) {
    return keepFrozen(ctx.db, claim, { waitsFor: "outstanding", why: null, inMs: OUTSTANDING_MS });
  }
  const walk = await listOrders(ctx, account, {
    backTo: listFrom,
    knownBefore: null,
    renew: () => renewGate(ctx, claim),
    points: { read: "gate_page_read" },
  });
  await ctx.reach?.("gate_listed");
  // A listing that was cut short by a stop says nothing, not even that it was made.
  if (ctx.stop?.aborted) {
    return keepFrozen(ctx.db, claim, { waitsFor: "outstanding", why: null, inMs: 0 });
  }
  const doubt = await readDoubtAgain(ctx, claim);
  const missing = missingIn(doubt, walk);
  if (missing > 0 && walk.isComplete) {
    walk.isComplete = false;
    walk.problem = `${missing} that ${missing === 1 ? "was" : "were"} listed before ${missing === 1 ? "is" : "are"} missing.`;
  }
  const earlier = await earlierPasses(ctx.db, claim);
  await recordPass(ctx, claim, walk, doubt);
  await ctx.reach?.("gate_pass_recorded");
  const decision = decideGate({
    isExclusive: doubt.isExclusive,
    outstanding: doubt.outstanding,
    sends: doubt.sends,
    candidates: doubt.candidates,
    isComplete: walk.isComplete,
    settledAt: settledAt(doubt) ?? ctx.now(),
    listedAt: walk.startedAt,
    earlier,
    now: ctx.now(),
  });
  if (decision.kind === "resolve") await settle(ctx, claim, doubt, walk, decision);
  else await keep(ctx, claim, decision, walk);
  await ctx.reach?.("gate_settled");
}

async function readDoubtAgain(ctx: OrdersContext, claim: GateClaim): Promise<Doubt> {
  const doubt = await readDoubt(ctx.db, claim);
  if (!doubt) throw new Error("orders don't vanish");
  return doubt;
}

/** Seen before, and not in this listing: a list that leaves out one may leave out others. */
const missingIn = ({ candidates }: Doubt, { orders }: Walk): number =>
  candidates.filter(({ supplierOrderId }) => !orders.has(supplierOrderId)).length;

async function keep(
  ctx: OrdersContext,
  claim: GateClaim,
  { waitsFor, why, inMs }: Extract<GateDecision, { kind: "wait" }>,
  { problem }: Walk,
): Promise<void> {
  const words = waitsFor === "incomplete" && problem ? `${why} ${problem}` : why;
  await ctx.db.$transaction(async (tx) => {
    await keepFrozen(tx, claim, { waitsFor, why: words, inMs });
    await tellOrders(tx, claim);
  });
}

/** Carries the decision out, unless something has changed since it was prepared. */
async function settle(
  ctx: OrdersContext,
  claim: GateClaim,
  doubt: Doubt,
  walk: Walk,
  decision: Extract<GateDecision, { kind: "resolve" }>,
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    // Orders before gates, as everybody locks them.
    const ids = [...new Set(doubt.sends.map(({ orderId }) => orderId))].sort();
    await tx.$queryRaw`select id from orders where id = any(${ids}::uuid[]) order by id for no key update`;
    if (!(await lockHeldGate(tx, claim))) return;
    await ctx.reach?.("gate_decided");
    if (!isUnchanged(doubt, await readDoubt(tx, claim))) {
      return keepFrozen(tx, claim, { waitsFor: "outstanding", why: null, inMs: OUTSTANDING_MS });
    }
    await recordWithin(tx, ctx, [
      ...decision.claims.flatMap(({ orderId, supplierOrderId }) => {
        const order = walk.orders.get(supplierOrderId);
        return order ? [observation(orderId, { kind: "order", order })] : [];
      }),
      ...decision.notCreated.map((orderId) => observation(orderId, { kind: "not_created" })),
    ]);
    const ways = waysOf(ctx.suppliers, claim.supplierId);
    const mode = await readPlacementMode({ db: tx }, claim.supplierId, ways);
    for (const { supplierOrderId } of decision.claims) await clearExtra(tx, ctx, supplierOrderId);
    if (mode === "create_is_free") await leaveOver(tx, ctx, doubt, decision);
    await openOrWait(tx, ctx, claim);
  }, PATIENT);
}

const observation = (orderId: string, answer: Observation["answer"]): Observation => ({
  orderId,
  source: "list",
  answer,
  attemptId: null,
  leaseToken: null,
});

/** Made again where that is free, the rest stays unpaid and runs out. */
async function leaveOver(
  tx: Tx,
  ctx: OrdersContext,
  { supplierId, candidates }: Doubt,
  { claims }: Extract<GateDecision, { kind: "resolve" }>,
): Promise<void> {
  const claimed = new Set(claims.map(({ supplierOrderId }) => supplierOrderId));
  for (const { supplierOrderId, state } of candidates) {
    // A paid one is no leftover; the audit tells of it.
    if (claimed.has(supplierOrderId) || !isUnpaid(state)) continue;
    await setAttribution(tx, ctx, supplierId, supplierOrderId, { attribution: "orphan" });
  }
}

/** Orders in doubt are searched for from now on where the account can be asked for them; else a person decides. */
async function openUncounted(
  ctx: OrdersContext,
  claim: GateClaim,
  { supplier }: SupplierAccount,
): Promise<void> {
  const { supplierId, fingerprint } = claim;
  await ctx.db.$transaction(async (tx) => {
    if (!(await lockHeldGate(tx, claim))) return;
    await thawGate(tx, claim);
    await wakeWaiting(tx, claim);
    if (supplier.traits.findsByReference) {
      // One that somebody has locked is left to him: its next search is due anyway, or is his to set.
      await tx.$executeRaw`
        with doubtful as materialized (
          select id from orders
          where supplier_id = ${supplierId}::uuid and fingerprint = ${fingerprint} and status = 'unconfirmed'
            and next_poll_at is null
          for no key update skip locked)
        update orders o set next_poll_at = date_trunc('milliseconds', now()) from doubtful where o.id = doubtful.id`;
    }
    await tellOrders(tx, claim);
  });
  await ctx.reach?.("gate_settled");
}

async function settleNothing(ctx: OrdersContext, claim: GateClaim): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    if (await lockHeldGate(tx, claim)) await openOrWait(tx, ctx, claim);
  });
  await ctx.reach?.("gate_settled");
}

/** Opens the gate if nothing holds it any more: no doubt, and no goods without an owner. */
async function openOrWait(tx: Tx, ctx: OrdersContext, claim: GateClaim): Promise<void> {
  const doubt = await readDoubt(tx, claim);
  const ways = waysOf(ctx.suppliers, claim.supplierId);
  const mode = await readPlacementMode({ db: tx }, claim.supplierId, ways);
  const unclear = (doubt?.sends.length ?? 0) + (doubt?.outstanding ?? 0);
  // Unpaid and unowned costs nothing where creating is free.
  const nobodys = mode === "create_is_free" ? 0 : await countNobodys(tx, claim, doubt);
  if (unclear > 0) {
    await keepFrozen(tx, claim, { waitsFor: "outstanding", why: null, inMs: OUTSTANDING_MS });
  } else if (nobodys > 0) {
    const why = "A supplier order for the same goods is nobody's. Adopt it, or mark it as foreign.";
    await keepFrozen(tx, claim, { waitsFor: "person", why, inMs: NOBODYS_MS });
  } else {
    await thawGate(tx, claim);
    await wakeWaiting(tx, claim);
  }
  await tellOrders(tx, claim);
  ctx.log.info({ supplierId: claim.supplierId, unclear, nobodys }, "a gate was looked into");
}

async function countNobodys(
  tx: Tx,
  { supplierId, fingerprint }: GateClaim,
  doubt: Doubt | null,
): Promise<number> {
  if (doubt) return doubt.candidates.filter(isGoods).length;
  return tx.supplierOrder.count({
    where: {
      supplierId,
      fingerprint,
      attribution: null,
      state: { notIn: ["cancelled", "failed", "refunded"] },
    },
  });
}

const isGoods = ({ state }: { state: string }): boolean =>
  state !== "cancelled" && state !== "failed" && state !== "refunded";

/** Whoever looks at one of the orders in doubt sees what became of it. */
async function tellOrders(tx: Tx, { supplierId, fingerprint }: GateClaim): Promise<void> {
  const orders = await tx.order.findMany({
    where: { supplierId, fingerprint, status: { in: ["unconfirmed", "submitting"] } },
    select: { id: true },
    take: 50,
  });
  await notify(
    tx,
    orders.map(({ id }) => `order:${id}` as const),
  );
}

function isUnchanged(before: Doubt, now: Doubt | null): boolean {
  return now !== null && pictureOf(before) === pictureOf(now);
}
