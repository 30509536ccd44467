import type { SupplierProduct } from "./port.ts";
import { type ProbeCalls, type ProbeContext, ProbeStopped, probeCalls } from "./probe-calls.ts";
import { probeEchoes } from "./probe-echoes.ts";
import { probeLosses } from "./probe-losses.ts";
import { probePayment } from "./probe-payment.ts";
import { chooseProduct } from "./probe-product.ts";
import type { Finding, FindingName, ProbeReport } from "./probe-types.ts";

/** A charge at creation, or an order that moves on unpaid, shows itself within that. */
export const SETTLE_MS = 5_000;

export type ProbeOptions = {
  /** A supplier's product id; left out, the cheapest one that will do. */
  product?: string | undefined;
  settleMs?: number;
};

/** What the steps share: the calls, the product, and what was found out so far. */
export type Probe = {
  calls: ProbeCalls;
  context: ProbeContext;
  product: SupplierProduct;
  settleMs: number;
  found(name: FindingName, value: Finding["value"], because: string): void;
  open(name: FindingName, why: string): void;
};

/**
 * Finds out what an account's API does, by a handful of mock orders and nothing else. Ends early, and
 * says why, when the supplier asks for silence, refuses, leaves an answer unclear, or makes a real order
 * of a mock one. Takes about a quarter of a minute; throws only for a failure of our own.
 */
export async function probeAccount(
  context: ProbeContext,
  { product: wanted, settleMs = SETTLE_MS }: ProbeOptions = {},
): Promise<ProbeReport> {
  const calls = probeCalls(context);
  const report: ProbeReport = {
    product: null,
    made: calls.made,
    findings: [],
    open: [],
    stopped: null,
  };
  try {
    const product = await chooseProduct(calls.catalogue, wanted ?? null);
    if (typeof product === "string") throw new ProbeStopped(product);
    const { id, name, price, currency } = product;
    report.product = { id, name, price, currency };
    const probe: Probe = {
      calls,
      context,
      product,
      settleMs,
      found: (finding, value, because) => report.findings.push({ name: finding, value, because }),
      open: (finding, why) => report.open.push({ name: finding, why }),
    };
    const first = await probePayment(probe);
    const echoes = await probeEchoes(probe, first);
    await probeLosses(probe, echoes);
  } catch (error) {
    if (!(error instanceof ProbeStopped)) throw error;
    report.stopped = error.message;
  }
  const form = context.extras?.retryAfterForm() ?? null;
  report.findings.push({
    name: "retry_after_form",
    value: form ?? "not_seen",
    because:
      form === null ? "No call was turned away." : "A call was turned away during the probe.",
  });
  return report;
}
