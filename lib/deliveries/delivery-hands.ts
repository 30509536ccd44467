import { setTimeout as wait } from "node:timers/promises";
import { claimDeliveries, type DeliveryClaim, giveBack } from "./claims.ts";
import { createClaimsAhead } from "./claims-ahead.ts";
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
  /** Nothing is being sent, recorded or claimed. */
  isEmpty(): boolean;
  /** How many tries were ever begun. */
  begun(): number;
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
  const ahead = createClaimsAhead();
  const endpoints = createOpenEndpoints(ctx);
  let taken = 0;
  let claiming = 0;
  let begun = 0;

  async function claim(room: number): Promise<number> {
    const claimedAt = performance.now();
    claiming += 1;
    try {
      const claims = await claimDeliveries(ctx, ahead.busy(), room);
      for (const each of claims) begin(each, claimedAt);
      return claims.length;
    } finally {
      claiming -= 1;
    }
  }

  async function workOn(claim: DeliveryClaim): Promise<void> {
    const isOurs = () => !ctx.stop?.aborted && leases.isOurs(claim);
    if (!(await ahead.turn(claim))) return giveBack(ctx, [claim]);
    const begunAt = performance.now();
    const result = await deliver(ctx, endpoints, claim, isOurs).finally(() => {
      ahead.done(claim, performance.now() - begunAt);
      onRoom();
    });
    if (result === "unsent") await giveBack(ctx, [claim]);
    else {
      taken += 1;
      await recorder.record(result);
    }
  }

  function begin(claim: DeliveryClaim, claimedAt: number): void {
    begun += 1;
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

  const isMostlyBusy = () => ahead.room() < AT_ONCE / 2;

  return {
    async take() {
      ahead.letGo();
      // Answers come one by one; what is claimed together costs less.
      const until = performance.now() + CLAIM_AFTER_MS;
      if (ahead.inHand() > 0) await wait(CLAIM_EVERY_MS);
      while (isMostlyBusy() && performance.now() < until) await wait(CLAIM_EVERY_MS);
      const room = ahead.room();
      if (room <= 0 || recorder.waiting() >= MOST_UNRECORDED) return false;
      return (await claim(room)) > 0;
    },
    hasRoom: () => ahead.room() > 0 && recorder.waiting() < MOST_UNRECORDED,
    isEmpty: () => work.size === 0 && claiming === 0,
    begun: () => begun,
    taken: () => taken,
    empty: () => Promise.all(work),
  };
}
