import type { Behaviour } from "./behaviour.ts";

/** A call that comes in this soon after the first refusal had left before the refusal was read and shared. */
const UNDER_WAY_MS = 150;

export type Refused = {
  kind: "limited" | "inside" | "crossed";
  retryAfterSeconds: number;
  /** Since the first refusal. */
  forMs: number;
};

export type Limiter = {
  /** Counts a call; null where it is let through. */
  take(nowMs: number): Refused | null;
  windows(): number;
};

/**
 * A fixed window as many APIs have it: so many calls, then 429 until the window is over. `Retry-After`
 * is whole seconds, rounded up, so the silence lasts into the next window; calls in it are counted too.
 */
export function createLimiter({ calls, windowMs }: NonNullable<Behaviour["limit"]>): Limiter {
  let beganAt = Number.NEGATIVE_INFINITY;
  let taken = 0;
  let windows = 0;
  let saidAt = 0;
  let silentUntil = 0;

  return {
    take(nowMs) {
      if (nowMs - beganAt >= windowMs) {
        // Windows follow each other without gaps, as those of a clock do.
        const passed = Number.isFinite(beganAt) ? Math.floor((nowMs - beganAt) / windowMs) : 1;
        beganAt = Number.isFinite(beganAt) ? beganAt + passed * windowMs : nowMs;
        windows += passed;
        taken = 0;
      }
      const retryAfterSeconds = Math.max(1, Math.ceil((beganAt + windowMs - nowMs) / 1_000));
      if (nowMs < silentUntil) {
        const kind = nowMs - saidAt < UNDER_WAY_MS ? "crossed" : "inside";
        const leftSeconds = Math.max(1, Math.ceil((silentUntil - nowMs) / 1_000));
        return { kind, retryAfterSeconds: leftSeconds, forMs: nowMs - saidAt };
      }
      if (taken < calls) {
        taken += 1;
        return null;
      }
      saidAt = nowMs;
      silentUntil = nowMs + retryAfterSeconds * 1_000;
      return { kind: "limited", retryAfterSeconds, forMs: 0 };
    },
    windows: () => windows,
  };
}
