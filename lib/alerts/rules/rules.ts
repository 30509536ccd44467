import { accounts } from "./accounts.ts";
import { deliveryFailed } from "./delivery-failed.ts";
import { engineLate } from "./engine-late.ts";
import { notConnected } from "./not-connected.ts";
import { noticesFailed } from "./notices-failed.ts";
import { paymentExpiring } from "./payment-expiring.ts";
import type { Rule } from "./rule.ts";
import { sealingKeyOld } from "./sealing-key-old.ts";
import { slow } from "./slow.ts";
import { stalled } from "./stalled.ts";

/**
 * What is judged from stored facts, by and by. Everything else opens and clears its signals itself when it is
 * recorded; `kinds.test.ts` says where. A stall comes before what it makes superfluous.
 */
export const RULES: readonly Rule[] = [
  engineLate,
  stalled,
  accounts,
  notConnected,
  paymentExpiring,
  slow,
  deliveryFailed,
  noticesFailed,
  sealingKeyOld,
];
