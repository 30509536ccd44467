export const CHANNELS = ["webhook", "telegram", "email", "redis_stream", "bullmq", "sqs"] as const;
export type ChannelKind = (typeof CHANNELS)[number];

export const PAYLOAD_STYLES = ["thin", "claim_link", "codes"] as const;
/** What an endpoint is told of an order's codes: their number, a link that opens them once, or themselves. */
export type PayloadStyle = (typeof PAYLOAD_STYLES)[number];

export const JOB_KINDS = ["resend", "revive", "release", "drop"] as const;
/** What is done to many deliveries at once. */
export type JobKind = (typeof JOB_KINDS)[number];

/** Why nothing was sent, and nothing will be until somebody revives it. */
export type NotApplyReason =
  /** No endpoint asked for such an event. */
  | "nobody_asked"
  /** Those who asked don't take mock orders. */
  | "mock_left_out"
  | "endpoint_disabled"
  | "endpoint_deleted"
  /** By a person, while the endpoint was paused. */
  | "dropped";

/** What kept a try from being accepted. */
export type ErrorKind =
  /** The address is, or leads to, one that is not public. */
  | "address_refused"
  | "dns"
  | "connect"
  | "tls"
  | "timeout"
  | "reset"
  /** The answer is larger, or encoded otherwise, than is read. */
  | "answer_unreadable"
  | "redirected"
  /** It answers that it doesn't take this, and why is in status and answer. */
  | "refused"
  /** It asks to be left alone for a while. */
  | "limited"
  /** It is broken on its own account (5xx). */
  | "broken"
  /** 410, or whatever else says that nobody is there any more. */
  | "gone"
  /** Key, password or token is refused. */
  | "credentials"
  /** What the endpoint is set to can't be sent to. */
  | "misconfigured"
  /** Its codes or claim link couldn't be had; nothing was sent. */
  | "payload_unready"
  /** The process died, or lost its database, in the middle. */
  | "interrupted";
