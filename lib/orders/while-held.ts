import { setTimeout as wait } from "node:timers/promises";
import { type Claim, renewLeases } from "./claims.ts";
import type { OrdersContext } from "./context.ts";
import { RENEW_EVERY_MS } from "./poll-schedule.ts";

/** Does work under a claim and renews its lease until it is done. */
export async function whileHeld<T>(
  ctx: OrdersContext,
  claim: Claim,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const pause = ctx.sleep ?? ((ms: number) => wait(ms, undefined, { signal }).catch(() => null));
  const renewing = async () => {
    for (;;) {
      await pause(RENEW_EVERY_MS);
      if (signal.aborted) return;
      await renewLeases(ctx, [claim]).catch((error) =>
        ctx.log.warn({ err: error, orderId: claim.orderId }, "a lease could not be renewed"),
      );
    }
  };
  void renewing();
  try {
    return await work();
  } finally {
    over.abort();
  }
}
