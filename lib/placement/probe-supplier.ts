import type { Actor } from "#lib/access/actor.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import type { Core } from "#lib/platform/core.ts";
import { notify } from "#lib/platform/notify.ts";
import { type ProbeOptions, probeAccount } from "#lib/suppliers/probe-account.ts";
import type { ProbeConnection } from "#lib/suppliers/probe-connection.ts";
import type { Finding, ProbeReport } from "#lib/suppliers/probe-types.ts";
import { attributeProbeOrder } from "./attribute-probe-orders.ts";
import { learnCapability } from "./capabilities.ts";

/** A finding that was not kept, and why. */
export type NotKept = { name: Finding["name"]; why: string };

/**
 * Probes an account by mock orders and keeps what was found out as its capabilities, also where the
 * probe ended early. The mock orders are noted as the probe's own, one by one. Since mock orders may
 * run by other rules, a probe never overrules what a real order has shown or a person has said about
 * charging at creation, except towards caution. For the command line, which acts by a job's name.
 */
export async function probeSupplier(
  core: Core,
  actor: Extract<Actor, { kind: "job" }>,
  { account, accounts, extras }: ProbeConnection,
  wait: (ms: number) => Promise<unknown>,
  options: ProbeOptions,
): Promise<ProbeReport & { notKept: NotKept[] }> {
  const remember = (order: Parameters<typeof attributeProbeOrder>[2]) =>
    attributeProbeOrder(core, account.id, order);
  const report = await probeAccount({ core, accounts, account, extras, wait, remember }, options);
  const notKept = await keep(core, actor, account.id, report);
  return { ...report, notKept };
}

async function keep(
  core: Core,
  actor: Actor,
  supplierId: string,
  { findings, made, stopped, product }: ProbeReport,
): Promise<NotKept[]> {
  return core.db.$transaction(async (tx) => {
    const known = await tx.supplierCapability.findMany({ where: { supplierId } });
    const notKept: NotKept[] = [];
    for (const finding of findings) {
      const { name, value } = finding;
      const before = known.find((capability) => capability.name === name);
      const why = before ? whyNotKept(finding, before) : null;
      if (why) notKept.push({ name, why });
      else await learnCapability({ db: tx, now: core.now }, supplierId, name, value, "probe");
    }
    await appendAuditEntry(tx, core, actor, {
      action: "supplier.probed",
      objectKind: "supplier",
      objectId: supplierId,
      details: {
        made: made.length,
        kept: findings.length - notKept.length,
        product: product?.id ?? null,
        stopped: stopped !== null,
      },
      address: null,
      correlationId: null,
    });
    await notify(tx, ["supplier_orders"]);
    return notKept;
  });
}

function whyNotKept(
  { name, value }: Finding,
  before: { value: unknown; learntFrom: string; learntAt: Date },
): string | null {
  if (name === "retry_after_form" && value === "not_seen" && before.value !== "not_seen") {
    return "It wasn't seen this time, and is known from before.";
  }
  if (name !== "create_is_free" || value !== true || before.value !== false) return null;
  if (before.learntFrom === "probe") return null;
  const who = before.learntFrom === "person" ? "a person said" : "a real order showed";
  return (
    `On ${before.learntAt.toISOString().slice(0, 10)} ${who} that creating costs. ` +
    "Only a person can take that back, with `keyhold supplier set`."
  );
}
