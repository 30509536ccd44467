import type { OrdersContext } from "#lib/orders/context.ts";
import { createBell } from "#lib/platform/bell.ts";
import { pause } from "#lib/platform/pause.ts";
import type { SupplierAccount } from "#lib/suppliers/account.ts";
import { claimSocket } from "#lib/suppliers/socket-lease.ts";
import { SOCKETS_EVERY_MS } from "./engine-schedule.ts";
import { type HeldSocket, holdSocket } from "./held-socket.ts";

/**
 * Listens to every account that tells by a socket, until `signal` aborts. Any number of workers may do so: for each
 * account one of them has the socket, by a lease in the database, and another takes over where that one is gone.
 */
export function keepSockets(
  ctx: OrdersContext,
  signal: AbortSignal,
  onFailure: (what: string, error: unknown) => void,
  everyMs = SOCKETS_EVERY_MS,
): { stopped: Promise<void> } {
  const held = new Map<string, HeldSocket>();
  const bell = createBell();
  const failed = (error: unknown) => onFailure("socket", error);

  async function keep(account: SupplierAccount): Promise<void> {
    const mine = held.get(account.id);
    if (mine) {
      if (!(await mine.renew())) held.delete(account.id);
      return;
    }
    const token = ctx.newId();
    if (!account.openSocket || !(await claimSocket(ctx, { supplierId: account.id, token }))) return;
    const next = holdSocket(ctx, account, account.openSocket, token, {
      onChange: bell.ring,
      onFailure: failed,
    });
    held.set(account.id, next);
    await next.renew();
  }

  /** An account that is gone, or was connected anew: with another key it is another socket. */
  async function letGoOfOld(accounts: readonly SupplierAccount[]): Promise<void> {
    for (const [id, mine] of held) {
      if (accounts.includes(mine.account)) continue;
      held.delete(id);
      await mine.letGo().catch(failed);
    }
  }

  async function repeat(): Promise<void> {
    while (!signal.aborted) {
      const heard = bell.heard();
      const accounts = ctx.suppliers.all().filter(({ openSocket }) => openSocket !== null);
      await letGoOfOld(accounts);
      await Promise.all(accounts.map((account) => keep(account).catch(failed)));
      await pause(everyMs, signal, heard);
    }
    await Promise.all([...held.values()].map((mine) => mine.letGo().catch(failed)));
  }

  return { stopped: repeat() };
}
