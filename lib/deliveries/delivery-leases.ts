import { pause } from "#lib/platform/pause.ts";
import { type DeliveryClaim, renewDeliveries } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import {
  LEASE_SECONDS,
  LEAST_LEASE_MS,
  RENEW_AGAIN_MS,
  RENEW_EVERY_MS,
  RENEW_FOR_MS,
} from "./delivery-schedule.ts";

/** What a process holds, by a clock that goes on while it is frozen. */
export type DeliveryLeases = {
  /** @param claimedAt by `performance.now()`, before the claim was asked for */
  hold(claim: DeliveryClaim, claimedAt: number): void;
  drop(claim: DeliveryClaim): void;
  /** Enough is left of its lease to begin to send. */
  isOurs(claim: DeliveryClaim): boolean;
  stop(): Promise<void>;
};

type Lease = { claim: DeliveryClaim; since: number; until: number };

const LEASE_MS = LEASE_SECONDS * 1_000;

/**
 * Renews the leases of all that is in hand, in one statement, until it is stopped; soon again where the database
 * didn't answer. Work that hangs isn't renewed for ever.
 */
export function keepDeliveryLeases(
  ctx: Pick<DeliveriesContext, "db">,
  onFailure: (what: string, error: unknown) => void,
): DeliveryLeases {
  const over = new AbortController();
  const leases = new Map<string, Lease>();

  async function renew(): Promise<void> {
    const now = performance.now();
    const lively = [...leases.values()].filter(({ since }) => now - since < RENEW_FOR_MS);
    const renewed = await renewDeliveries(
      ctx,
      lively.map(({ claim }) => claim),
    );
    for (const deliveryId of renewed) {
      const lease = leases.get(deliveryId);
      if (lease) lease.until = now + LEASE_MS;
    }
  }

  async function repeat(): Promise<void> {
    let waitMs: number = RENEW_EVERY_MS;
    for (;;) {
      await pause(waitMs, over.signal);
      if (over.signal.aborted) return;
      try {
        await renew();
        waitMs = RENEW_EVERY_MS;
      } catch (error) {
        onFailure("renew deliveries", error);
        waitMs = RENEW_AGAIN_MS;
      }
    }
  }

  const stopped = repeat();
  return {
    hold: (claim, claimedAt) =>
      void leases.set(claim.deliveryId, { claim, since: claimedAt, until: claimedAt + LEASE_MS }),
    drop: ({ deliveryId, leaseToken }) => {
      if (leases.get(deliveryId)?.claim.leaseToken === leaseToken) leases.delete(deliveryId);
    },
    isOurs: ({ deliveryId, leaseToken }) => {
      const lease = leases.get(deliveryId);
      if (lease?.claim.leaseToken !== leaseToken) return false;
      return performance.now() < lease.until - LEAST_LEASE_MS;
    },
    stop() {
      over.abort();
      return stopped;
    },
  };
}
