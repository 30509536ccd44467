import { api } from "./api.ts";
import { auditChain } from "./audit-chain.ts";
import { crowd } from "./crowd.ts";
import type { Bench } from "./frame/bench.ts";
import { fresh } from "./fresh.ts";
import { inbound } from "./inbound.ts";
import { p1 } from "./p1-orders.ts";
import { p2 } from "./p2-bare-loop.ts";
import { p3 } from "./p3-claims.ts";
import { p4 } from "./p4-commits.ts";
import { p5 } from "./p5-calls.ts";
import { p6 } from "./p6-budget.ts";
import { p7 } from "./p7-deliveries.ts";
import { p10 } from "./p10-memory.ts";
import { p11 } from "./p11-takeover.ts";
import { p12 } from "./p12-pressure.ts";
import { sealing } from "./sealing.ts";
import { stockPages } from "./stock-pages.ts";
import { triage } from "./triage.ts";

export const BENCHES: readonly Bench[] = [
  p1,
  p2,
  p3,
  p4,
  p5,
  p6,
  p7,
  p10,
  p11,
  p12,
  fresh,
  crowd,
  stockPages,
  triage,
  sealing,
  inbound,
  auditChain,
  api,
];
