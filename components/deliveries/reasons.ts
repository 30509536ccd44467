import type { ErrorKind, NotApplyReason } from "#lib/deliveries/types.ts";

/** Why nothing was sent. */
export const notApplyReasons = Object.keys({
  nobody_asked: true,
  mock_left_out: true,
  endpoint_disabled: true,
  endpoint_deleted: true,
  dropped: true,
} satisfies Record<NotApplyReason, true>) as NotApplyReason[];

/** What may keep a try from being accepted. */
export const errorKinds = Object.keys({
  address_refused: true,
  dns: true,
  connect: true,
  tls: true,
  timeout: true,
  reset: true,
  answer_unreadable: true,
  redirected: true,
  refused: true,
  limited: true,
  broken: true,
  gone: true,
  credentials: true,
  misconfigured: true,
  payload_unready: true,
  interrupted: true,
} satisfies Record<ErrorKind, true>) as ErrorKind[];

export type Reason = ErrorKind | NotApplyReason;

const known = new Set<string>([...notApplyReasons, ...errorKinds]);

/** A stored reason that this version has words for. */
export const isReason = (reason: string): reason is Reason => known.has(reason);
