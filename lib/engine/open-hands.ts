import { setImmediate as others } from "node:timers/promises";
import { type Claim, claimLooks, claimSends } from "#lib/orders/claims.ts";
import type { OrdersContext } from "#lib/orders/context.ts";
import { workOnClaim } from "#lib/orders/work-on-order.ts";
import { LOOKS_AT_ONCE, LOOKS_AT_ONCE_PER_READ, SENDS_AT_ONCE } from "./engine-schedule.ts";

/** What one process has in hand: sends and looks apart, so that neither has to wait for the other. */
export type Hands = {
  /** Claims as much as there is room for and begins to work on it; whether there may be more at once. */
  take(): Promise<boolean>;
  /** Looks were due when it last took, and a budget had no call for them: until it has; otherwise null. */
  shortMs(): number | null;
  hasRoom(): boolean;
  /** What is being worked on. */
  claims(): Claim[];
  /** How many orders were ever taken. */
  taken(): number;
  /** Comes back when nothing is in hand any more. */
  empty(): Promise<unknown>;
};

/** @param onRoom called whenever a piece of work has ended */
export function openHands(
  ctx: OrdersContext,
  onRoom: () => void,
  looksAtOnce = LOOKS_AT_ONCE,
): Hands {
  const work = new Map<Claim, Promise<void>>();
  let taken = 0;
  let sends = 0;
  let shortMs: number | null = null;
  /** In hand, by account: of those that are connected now, and of any that was. */
  const looks = new Map<string, number>();
  const ids = () => ctx.suppliers.all().map(({ id }) => id);
  const inAll = () => [...looks.values()].reduce((sum, count) => sum + count, 0);

  function begin(claim: Claim, count: (by: 1 | -1) => void): void {
    taken += 1;
    count(1);
    const working = workOnClaim(ctx, claim, { goesOn: true }).finally(() => {
      work.delete(claim);
      count(-1);
      onRoom();
    });
    work.set(claim, working);
  }

  async function takeSends(): Promise<boolean> {
    const room = SENDS_AT_ONCE - sends;
    if (room <= 0) return false;
    const claims = await claimSends(ctx, room);
    for (const claim of claims) {
      begin(claim, (by) => {
        sends += by;
      });
    }
    return claims.length === room;
  }

  /** Room for looks at one account: no more wait for their turn than will soon have it. */
  function roomFor(supplierId: string): number {
    const account = ctx.suppliers.byId(supplierId);
    if (!account) return 0;
    const most = LOOKS_AT_ONCE_PER_READ * ctx.suppliers.readsAtOnce(account);
    return Math.min(most - (looks.get(supplierId) ?? 0), looksAtOnce - inAll());
  }

  async function takeLooks(supplierId: string): Promise<boolean> {
    const room = roomFor(supplierId);
    if (room <= 0) return false;
    const { claims, shortMs: ms } = await claimLooks(ctx, supplierId, room);
    if (ms !== null) shortMs = Math.min(ms, shortMs ?? ms);
    for (const claim of claims) {
      begin(claim, (by) => looks.set(supplierId, (looks.get(supplierId) ?? 0) + by));
    }
    return claims.length === room;
  }

  return {
    async take() {
      // Looks end by the dozen, when they are recorded together: their places are filled together, too.
      await others();
      shortMs = null;
      let isMore = await takeSends();
      for (const supplierId of ids()) isMore = (await takeLooks(supplierId)) || isMore;
      return isMore;
    },
    shortMs: () => shortMs,
    hasRoom: () => sends < SENDS_AT_ONCE || ids().some((id) => roomFor(id) > 0),
    claims: () => [...work.keys()],
    taken: () => taken,
    empty: () => Promise.all(work.values()),
  };
}
