import { type Claim, renewLeases } from "#lib/orders/claims.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { RENEW_EVERY_MS } from "#lib/orders/poll-schedule.ts";
import { pause } from "#lib/platform/pause.ts";
import { RENEW_AGAIN_MS, RENEW_FOR_MS } from "./engine-schedule.ts";

/**
 * Renews the leases of all that a process has in hand, in one statement, until it is stopped. Where the
 * database doesn't answer it asks again soon: whoever comes first after an outage has the orders. Work that
 * hangs isn't renewed for ever; others take the order over, as though this process had died.
 */
export function keepLeases(
  ctx: OrdersContext,
  claims: () => Claim[],
  onFailure: (what: string, error: unknown) => void,
): { stop(): Promise<void> } {
  const over = new AbortController();
  let since = new Map<string, number>();

  /** Those that haven't been in hand for too long. */
  function lively(): Claim[] {
    const now = ctx.now().getTime();
    const held = claims();
    since = new Map(held.map(({ leaseToken }) => [leaseToken, since.get(leaseToken) ?? now]));
    return held.filter(({ leaseToken }) => now - (since.get(leaseToken) ?? now) < RENEW_FOR_MS);
  }

  async function repeat(): Promise<void> {
    let waitMs: number = RENEW_EVERY_MS;
    for (;;) {
      await pause(waitMs, over.signal);
      if (over.signal.aborted) return;
      try {
        await renewLeases(ctx, lively());
        waitMs = RENEW_EVERY_MS;
      } catch (error) {
        onFailure("renew", error);
        waitMs = RENEW_AGAIN_MS;
      }
    }
  }

  const stopped = repeat();
  return {
    stop() {
      over.abort();
      return stopped;
    },
  };
}
