import type { OrdersContext } from "#lib/orders/context.ts";
import type { EarlierPass } from "#lib/placement/gate-decision.ts";
import type { GateKey } from "#lib/placement/gates.ts";
import type { Db } from "#lib/platform/db.ts";
import type { Doubt } from "./doubt.ts";
import type { Walk } from "./list-orders.ts";

/** Brought forward often enough, this many lie within the time between two passes that count. */
const MOST_EARLIER = 50;

/** The passes so far, newest first. */
export async function earlierPasses(
  db: Pick<Db, "gatePass">,
  { supplierId, fingerprint }: GateKey,
): Promise<EarlierPass[]> {
  const passes = await db.gatePass.findMany({
    where: { supplierId, fingerprint },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: MOST_EARLIER,
    select: { startedAt: true, complete: true, candidates: true },
  });
  return passes.map(({ startedAt, complete, candidates }) => ({
    at: startedAt,
    isComplete: complete,
    candidates,
  }));
}

/** Kept for ever: they are the evidence. */
export async function recordPass(
  ctx: OrdersContext,
  { supplierId, fingerprint }: GateKey,
  walk: Walk,
  { candidates }: Doubt,
): Promise<void> {
  await ctx.db.gatePass.create({
    data: {
      id: ctx.newId(),
      supplierId,
      fingerprint,
      startedAt: walk.startedAt,
      endedAt: walk.endedAt,
      pages: walk.pages,
      seen: walk.orders.size,
      complete: walk.isComplete,
      problem: walk.problem,
      candidates: candidates.map(({ supplierOrderId }) => supplierOrderId).sort(),
    },
  });
}
