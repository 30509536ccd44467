import type { SentRequest } from "./channel.ts";
import type { DeliveryClaim } from "./claims.ts";
import type { ErrorKind } from "./types.ts";

/** What came of a try. */
export type Outcome = {
  kind: "accepted" | "refused" | "failed" | "interrupted";
  /** Null for what was accepted. */
  errorKind: ErrorKind | null;
  status: number | null;
  answer: string | null;
  /** How long the receiver asked to be left alone. */
  waitMs: number | null;
};

/** What recording needs to know of the try, also of one whose process is dead. */
export type Tried = Pick<DeliveryClaim, "deliveryId" | "leaseToken" | "number" | "isTrial"> & {
  endpoint: Pick<DeliveryClaim["endpoint"], "id" | "retryPlanMs" | "isInDoubt">;
};

export type Result = {
  tried: Tried;
  outcome: Outcome;
  tookMs: number | null;
  /** Without secrets, codes and claim links. */
  request: SentRequest | null;
};
