import type { Busy, DeliveryClaim } from "./claims.ts";
import {
  AHEAD_FOR_MS,
  AHEAD_MS,
  AT_ONCE,
  MOST_AHEAD,
  MOST_SHARE,
  PACES_KEPT,
} from "./delivery-schedule.ts";

/**
 * Who sends when, of what one process has claimed. An endpoint that answers within a few milliseconds has its
 * next deliveries claimed while earlier ones are on their way, or the process would wait for the database between
 * any two of its claims; one that is slow, in doubt or paced has none claimed ahead.
 */
export type ClaimsAhead = {
  /** Comes back with `true` when the claim may be sent; `done` has to follow. `false`: it is to be given back. */
  turn(claim: DeliveryClaim): Promise<boolean>;
  done(claim: DeliveryClaim, tookMs: number): void;
  /** Lets go of what has waited for too long: its endpoint isn't as fast any more. */
  letGo(): void;
  inHand(): number;
  /** How many more may be claimed. */
  room(): number;
  busy(): Busy;
};

type Waiting = { claim: DeliveryClaim; since: number; go: (mayBeSent: boolean) => void };
type Pace = { sending: number; waiting: number; meanMs: number | null; ahead: number };

/** The last few sends count most. */
const WEIGHT = 0.1;

/** @param now milliseconds of a clock that only goes forward */
export function createClaimsAhead(now: () => number = () => performance.now()): ClaimsAhead {
  const paces = new Map<string, Pace>();
  let queue: Waiting[] = [];
  let sending = 0;

  const idOf = ({ endpoint: { id } }: DeliveryClaim): string => id;
  const inHandOf = (pace: Pace): number => pace.sending + pace.waiting;
  const inHand = (): number => sending + queue.length;
  const active = (): [string, Pace][] => [...paces].filter(([, pace]) => inHandOf(pace) > 0);

  function paceOf(claim: DeliveryClaim): Pace {
    const known = paces.get(idOf(claim));
    if (known) return known;
    const pace = { sending: 0, waiting: 0, meanMs: null, ahead: 0 };
    paces.set(idOf(claim), pace);
    return pace;
  }

  function forgetIdle(): void {
    for (const [id, pace] of paces) {
      if (paces.size <= PACES_KEPT) return;
      if (inHandOf(pace) === 0) paces.delete(id);
    }
  }

  const mayBegin = (claim: DeliveryClaim): boolean =>
    sending < AT_ONCE && paceOf(claim).sending < Math.min(claim.endpoint.sendsAtOnce, MOST_SHARE);

  function begin(claim: DeliveryClaim): void {
    paceOf(claim).sending += 1;
    sending += 1;
  }

  function leave(waiting: Waiting, mayBeSent: boolean): void {
    queue = queue.filter((other) => other !== waiting);
    paceOf(waiting.claim).waiting -= 1;
    if (mayBeSent) begin(waiting.claim);
    waiting.go(mayBeSent);
  }

  return {
    async turn(claim) {
      if (mayBegin(claim)) {
        begin(claim);
        return true;
      }
      paceOf(claim).waiting += 1;
      return new Promise((go) => queue.push({ claim, since: now(), go }));
    },
    done(claim, tookMs) {
      const pace = paceOf(claim);
      pace.sending -= 1;
      sending -= 1;
      pace.meanMs = pace.meanMs === null ? tookMs : pace.meanMs + WEIGHT * (tookMs - pace.meanMs);
      pace.ahead = aheadOf(claim, pace.meanMs);
      const next = queue.find((waiting) => mayBegin(waiting.claim));
      if (next) leave(next, true);
      else if (inHandOf(pace) === 0) forgetIdle();
    },
    letGo() {
      for (const waiting of queue.filter(({ since }) => now() - since > AHEAD_FOR_MS)) {
        paceOf(waiting.claim).ahead = 0;
        leave(waiting, false);
      }
    },
    inHand,
    room: () => AT_ONCE + active().reduce((sum, [, { ahead }]) => sum + ahead, 0) - inHand(),
    busy: () => new Map(active().map(([id, pace]) => [id, inHandOf(pace) - pace.ahead])),
  };
}

function aheadOf({ endpoint }: DeliveryClaim, meanMs: number): number {
  if (!endpoint.isUnpaced || endpoint.isInDoubt) return 0;
  const inTime = (AHEAD_MS / Math.max(1, meanMs)) * endpoint.sendsAtOnce;
  return Math.min(MOST_AHEAD, Math.floor(inTime));
}
