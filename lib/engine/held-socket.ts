import type { OrdersContext } from "#lib/orders/context.ts";
import { type FollowedOrders, readFollowedOrders } from "#lib/orders/followed-orders.ts";
import { hurryLooks } from "#lib/orders/hurry-looks.ts";
import { nudgeOrders } from "#lib/orders/nudge-orders.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import type { SocketHandlers, SupplierSocket } from "#lib/suppliers/inbound.ts";
import {
  releaseSocket,
  reportSocket,
  SOCKET_LEASE_MS,
  type SocketState,
} from "#lib/suppliers/socket-lease.ts";
import { gentleNudges } from "./gentle-nudges.ts";

/** A supplier's socket in the hands of this process. */
export type HeldSocket = {
  account: SupplierAccount;
  /** Reports, holds it for longer and follows what is open now. False: it is another's by now, and closed here. */
  renew(): Promise<boolean>;
  /** Closes it; nobody needs to wait for the lease to end. */
  letGo(): Promise<void>;
};

/**
 * Opens the socket of an account whose lease this process has. What it tells is a hint: the order is looked at soon.
 * @param onChange it came up or went down: to be reported without delay
 */
export function holdSocket(
  ctx: OrdersContext,
  account: SupplierAccount,
  open: (handlers: SocketHandlers) => SupplierSocket,
  token: string,
  { onChange, onFailure }: { onChange: () => void; onFailure: (error: unknown) => void },
): HeldSocket {
  const lease = { supplierId: account.id, token };
  let state: SocketState = "connecting";
  let seenAt: number | null = null;
  let connects = 0;
  let updates = 0;
  let lastError: string | null = null;
  /** Between two connections anything may have been said. */
  let mayHaveMissed = false;
  let renewedAt = performance.now();
  let followed: FollowedOrders = new Map();
  const nudges = gentleNudges((ids) => nudgeOrders(ctx, ids), onFailure);

  const socket = open({
    onUp() {
      state = "up";
      lastError = null;
      connects += 1;
      seenAt = performance.now();
      mayHaveMissed = true;
      onChange();
    },
    onDown(why) {
      const isNews = state !== "down";
      state = "down";
      lastError = why;
      // Attempts that fail later tell nothing new.
      if (!isNews) return;
      mayHaveMissed = true;
      ctx.log.info({ supplier: account.slug, why }, "the supplier's socket is down");
      onChange();
    },
    onOrder(supplierOrderId) {
      updates += 1;
      const orderId = followed.get(supplierOrderId);
      if (orderId !== undefined) nudges.add(orderId);
    },
    onAlive() {
      seenAt = performance.now();
    },
  });

  function close(): void {
    nudges.stop();
    socket.close();
  }

  /** Written first: looks that end from now on are planned by what it says. */
  async function report(): Promise<boolean> {
    const told = { connects, updates };
    const seenMsAgo = seenAt === null ? null : performance.now() - seenAt;
    const isHeld = await reportSocket(ctx, lease, { state, seenMsAgo, lastError, ...told });
    connects -= told.connects;
    updates -= told.updates;
    return isHeld;
  }

  /** What happened before it was listened to is asked for once. */
  async function followOpen(): Promise<void> {
    const open = await readFollowedOrders(ctx, account.id);
    const fresh = [...open].flatMap(([theirs, ours]) => (followed.has(theirs) ? [] : [ours]));
    followed = open;
    socket.follow([...open.keys()]);
    const isBack = mayHaveMissed;
    mayHaveMissed = false;
    try {
      if (isBack) await hurryLooks(ctx, account.id);
      else if (fresh.length > 0) await hurryLooks(ctx, account.id, fresh);
    } catch (error) {
      // What was missed is asked for with the next renewal.
      mayHaveMissed = true;
      throw error;
    }
  }

  return {
    account,
    async renew() {
      try {
        const isHeld = await report();
        if (!isHeld) {
          close();
          return false;
        }
        renewedAt = performance.now();
      } catch (error) {
        onFailure(error);
        // Another may have it by now, and it needn't be listened to twice.
        if (performance.now() - renewedAt < SOCKET_LEASE_MS) return true;
        close();
        return false;
      }
      await followOpen();
      return true;
    },
    async letGo() {
      close();
      await releaseSocket(ctx, lease);
    },
  };
}
