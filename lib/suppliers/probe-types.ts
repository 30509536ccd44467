import type { Json } from "#lib/platform/json.ts";
import type { NewSupplierOrder, Outcome, SendLimits, SupplierOrder } from "./port.ts";

export type RetryAfterForm = "seconds" | "date" | "none";

/** What a probe asks and no order ever needs, so that it isn't part of the port. */
export type ProbeExtras = {
  /** Creates as the port does, with an idempotency key in the body. */
  createWithKey(
    order: NewSupplierOrder,
    key: string,
    limits: SendLimits,
  ): Promise<Outcome<SupplierOrder>>;
  /** Sends a whole create and hangs up before its answer: `unknown`, or `refused` where nothing left. */
  createAndHangUp(order: NewSupplierOrder, limits: SendLimits): Promise<Outcome<SupplierOrder>>;
  /** How the last 429 of this connection said when to come back; null where there was none. */
  retryAfterForm(): RetryAfterForm | null;
};

/** Everything that a probe may find out; the names under which it is kept. */
export type FindingName =
  | "create_is_free"
  | "status_after_create"
  | "pay_on_mock"
  | "pay_twice"
  | "list_order"
  | "list_lag_ms"
  | "list_shows_mocks"
  | "note_echoed"
  | "quantity_echoed"
  | "mock_echoed"
  | "idempotency_key"
  | "retry_after_form"
  | "landing_after_abort";

export type Finding = {
  name: FindingName;
  value: Json;
  /** What was seen, as a sentence. */
  because: string;
};

export type ProbeReport = {
  /** With what it was tried; null where there was nothing to try it with. */
  product: { id: string; name: string; price: string; currency: string } | null;
  /** Ids of the mock orders that were made. */
  made: string[];
  findings: Finding[];
  /** What could not be found out, and why. */
  open: { name: FindingName; why: string }[];
  /** Why the probe ended early, as a sentence; null where it came to its end. */
  stopped: string | null;
};
