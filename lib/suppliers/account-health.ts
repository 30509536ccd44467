import type { Core } from "#lib/platform/core.ts";
import { clockOffsetMs } from "./clock-offset.ts";
import type { Outcome } from "./port.ts";

/** A healthy account's time of last success, and its clock, are written down this often at most. */
const HEALTH_EVERY_MS = 5_000;

export type AccountHealth = {
  /** Writes down what a call says of the account as a whole. */
  note(core: Core, outcome: Outcome<unknown>): Promise<void>;
};

export function createAccountHealth(account: string): AccountHealth {
  let writtenAt = 0;
  return {
    async note(core, outcome) {
      const now = core.now();
      const offsetMs = clockOffsetMs(outcome.timing, now);
      const clock = offsetMs === null ? {} : { clockOffsetMs: offsetMs };
      const problem = problemOf(outcome);
      if (problem !== null) {
        writtenAt = 0;
        await core.db.supplier.updateMany({
          where: { id: account },
          data: {
            ...{ lastErrorAt: now, lastError: problem, ...clock },
            ...(isKeyRefused(outcome) && { keyRefusedAt: now }),
          },
        });
      } else if (now.getTime() - writtenAt >= HEALTH_EVERY_MS) {
        writtenAt = now.getTime();
        await core.db.supplier.updateMany({
          where: { id: account },
          data: { lastOkAt: now, ...clock },
        });
      }
    },
  };
}

/** What speaks against the account as a whole; a refused order is no sign of ill health. */
function problemOf(outcome: Outcome<unknown>): string | null {
  if (outcome.kind === "unknown") return outcome.reason;
  if (outcome.kind === "accepted") return null;
  const { refusal } = outcome;
  return ["auth", "rate_limited", "transient"].includes(refusal.class) ? refusal.detail : null;
}

const isKeyRefused = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === "refused" && outcome.refusal.class === "auth";

/**
 * The account didn't answer, or only to say that it is broken: what its breaker counts. Any other
 * answer, a refusal or a 429 too, shows that it is there.
 */
export function isAccountFailure(outcome: Outcome<unknown>): boolean {
  if (outcome.kind === "accepted") return false;
  const status = outcome.kind === "unknown" ? outcome.httpStatus : outcome.refusal.httpStatus;
  if (status !== null) return status >= 500;
  return outcome.kind === "unknown" || outcome.refusal.class === "transient";
}
