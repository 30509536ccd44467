/** What a job comes to under any queue: ask the supplier through the real adapter, and record the answer. */
import type { Observation } from "#lib/orders/observation.ts";
import { createLookRecorder } from "#lib/orders/record-look.ts";
import { recordObservations } from "#lib/orders/record-observations.ts";
import type { Keyhold } from "../world/keyhold.ts";
import type { Job } from "./contender.ts";

async function lookAt(
  { account, ...ctx }: Keyhold,
  { orderId, supplierOrderId }: Job,
): Promise<Observation> {
  // Prepaid: the queues know no budget, so asking for one isn't laid on them.
  const order = { kind: "read", slice: "poll", what: "look", prepaid: true } as const;
  const outcome = await ctx.suppliers.call(ctx, account, order, (supplier) =>
    supplier.getOrder(supplierOrderId),
  );
  if (outcome.kind !== "accepted") throw new Error(`The supplier did not answer: ${outcome.kind}`);
  const answer = { kind: "order", order: outcome.value } as const;
  return { orderId, source: "look", answer, attemptId: null, leaseToken: null };
}

/** What a queue is given to do with a job. */
export type Handler = (keyhold: Keyhold) => (job: Job) => Promise<void>;

/** A job an order: asked, recorded and committed by itself. */
export const alone: Handler = (keyhold) => async (job) => {
  await recordObservations(keyhold, [await lookAt(keyhold, job)]);
};

/** The same with the engine's own recorder lent to it, which gathers what is answered at about the same time. */
export const together: Handler = (keyhold) => {
  const recorder = createLookRecorder(keyhold);
  return async (job) => {
    const recorded = await recorder.record(await lookAt(keyhold, job));
    if (!recorded) throw new Error(`Order ${job.orderId} could not be recorded.`);
  };
};

/** The due orders, as jobs. */
export async function dueJobs({ db }: Keyhold): Promise<Job[]> {
  const rows = await db.order.findMany({
    where: { nextPollAt: { not: null } },
    orderBy: [{ nextPollAt: "asc" }, { id: "asc" }],
    select: { id: true, supplierOrderId: true },
  });
  return rows.map(({ id, supplierOrderId }) => ({
    orderId: id,
    supplierOrderId: supplierOrderId ?? "",
  }));
}
