import { setTimeout as wait } from "node:timers/promises";
import { claimDeliveries, type DeliveryClaim, giveBack } from "./claims.ts";
import type { DeliveriesContext } from "./context.ts";
import { deliver } from "./deliver.ts";
import type { DeliveryLeases } from "./delivery-leases.ts";
import { AT_ONCE, CLAIM_AFTER_MS, CLAIM_EVERY_MS, MOST_UNRECORDED } from "./delivery-schedule.ts";
import { createOpenEndpoints } from "./open-endpoints.ts";
import type { ResultRecorder } from "./result-recorder.ts";

/** What one process has in hand. A place is free again with the answer; recording it goes on meanwhile. */
export type DeliveryHands = {
  /** Claims as much as there is room for and begins to send it; whether anything was there. */
  take(): Promise<boolean>;
  hasRoom(): boolean;
  isEmpty(): boolean;
  /** How many tries were ever made. */
  taken(): number;
  /** Comes back when everything in hand is sent, and recorded or given back. */
  empty(): Promise<unknown>;
};

/** @param onRoom called whenever a try has ended, and when it is recorded */
export function openDeliveryHands(
  ctx: DeliveriesContext,
  leases: DeliveryLeases,
  recorder: ResultRecorder,
  onRoom: () => void,
): DeliveryHands {
  const work = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const endpoints = createOpenEndpoints(ctx);
  let sending = 0;
  let taken = 0;

  function count(endpointId: string, by: 1 | -1): void {
    sending += by;
    const sends = (busy.get(endpointId) ?? 0) + by;
    if (sends > 0) busy.set(endpointId, sends);
    else busy.delete(endpointId);
  }

  async function workOn(claim: DeliveryClaim): Promise<void> {
    const isOurs = () => !ctx.stop?.aborted && leases.isOurs(claim);
    count(claim.endpoint.id, 1);
    const result = await deliver(ctx, endpoints, claim, isOurs).finally(() => {
      count(claim.endpoint.id, -1);
      onRoom();
    });
    if (result === "unsent") await giveBack(ctx, [claim]);
    else {
      taken += 1;
      await recorder.record(result);
    }
  }

  function begin(claim: DeliveryClaim, claimedAt: number): void {
    leases.hold(claim, claimedAt);
    const working: Promise<void> = workOn(claim)
      // Its lease runs out; whoever finds it goes on with it.
      .catch((error) =>
        ctx.log.error({ err: error, deliveryId: claim.deliveryId }, "a try broke off"),
      )
      .finally(() => {
        leases.drop(claim);
        work.delete(working);
        onRoom();
      });
    work.add(working);
  }

  const isMostlyBusy = () => sending > (AT_ONCE * 2) / 3;

  return {
    async take() {
      // Answers come one by one; what is claimed together costs less.
      const until = performance.now() + CLAIM_AFTER_MS;
      if (sending > 0) await wait(CLAIM_EVERY_MS);
      while (isMostlyBusy() && performance.now() < until) await wait(CLAIM_EVERY_MS);
      const room = AT_ONCE - sending;
      if (room <= 0 || recorder.waiting() >= MOST_UNRECORDED) return false;
      const claimedAt = performance.now();
      const claims = await claimDeliveries(ctx, busy, room);
      for (const claim of claims) begin(claim, claimedAt);
      return claims.length > 0;
    },
    hasRoom: () => sending < AT_ONCE && recorder.waiting() < MOST_UNRECORDED,
    isEmpty: () => work.size === 0,
    taken: () => taken,
    empty: () => Promise.all(work),
  };
}
