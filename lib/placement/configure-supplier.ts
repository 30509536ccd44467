import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { requireRecentProof } from "#lib/access/proof.ts";
import { appendAuditEntry } from "#lib/audit/append-audit-entry.ts";
import { OWN_REQUEST, type RequestFacts } from "#lib/audit/request-facts.ts";
import { whatChanged } from "#lib/audit/what-changed.ts";
import { setLines } from "#lib/balance/set-lines.ts";
import type { Core } from "#lib/platform/core.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { notify } from "#lib/platform/notify.ts";
import { configurePolling } from "#lib/polling/configure-polling.ts";
import { clearSystemSignal } from "#lib/signals/system-signals.ts";
import { configureBudget } from "#lib/suppliers/configure-budget.ts";
import { configureRules } from "#lib/suppliers/rule-settings.ts";
import { forgetCapability, learnCapability } from "./capabilities.ts";
import { readSupplier } from "./read-supplier.ts";
import type { SupplierConfig } from "./supplier-config.ts";
import { supplierFacts } from "./supplier-facts.ts";

/**
 * Sets how an account is treated; what the configuration leaves out stays. It counts at once, for
 * every process. Throws `forbidden`, `proof_needed`, `not_found`.
 * @param request where a person's wish came from; the command line acts by a job's name
 */
export async function configureSupplier(
  core: Core,
  actor: Actor,
  slug: string,
  config: SupplierConfig,
  request: RequestFacts = OWN_REQUEST,
): Promise<void> {
  requirePermission(actor, "suppliers.manage");
  requireRecentProof(core, actor);
  const { capabilities = {}, ...rest } = config;
  const { schedule, sweep, stalledAfterMs, ...other } = rest;
  const { callsPerMinute, readsAtOnce, writesAtOnce, balance, rules, ...settings } = other;
  await core.db.$transaction(async (tx) => {
    const supplier = await tx.supplier.findUnique({ where: { slug }, select: { id: true } });
    if (!supplier) throw new KeyholdError("not_found", `supplier ${slug}`);
    const { id } = supplier;
    // Two who set something at once each note what was there just before.
    await tx.$queryRaw`select from suppliers where id = ${id}::uuid for no key update`;
    const before = supplierFacts(await readSupplier({ db: tx }, slug));
    if (Object.keys(settings).length > 0)
      await tx.supplier.update({ where: { id }, data: settings });
    if (balance !== undefined) await setLines(tx, core, id, balance);
    if (rules) await configureRules(tx, id, rules);
    await configurePolling(tx, id, { schedule, sweep, stalledAfterMs });
    if (callsPerMinute ?? readsAtOnce ?? writesAtOnce)
      await configureBudget(tx, id, { callsPerMinute, readsAtOnce, writesAtOnce });
    const scoped = { db: tx, now: core.now };
    for (const [name, value] of Object.entries(capabilities)) {
      if (value === null || value === undefined) await forgetCapability(scoped, id, name);
      else await learnCapability(scoped, id, name, value, "person");
    }
    // Somebody has looked into it and decided.
    if (capabilities.create_is_free !== undefined) {
      await clearSystemSignal(tx, core, "mode_fell_back", id);
    }
    await appendAuditEntry(tx, core, actor, {
      action: "supplier.configured",
      objectKind: "supplier",
      objectId: id,
      details: { ...detailsOf(rest), ...capabilities } as Details,
      ...whatChanged(before, supplierFacts(await readSupplier({ db: tx }, slug))),
      ...request,
    });
    await notify(tx, ["supplier_orders", "suppliers"]);
  });
}

type Details = Record<string, string | number | boolean | null>;

/** An audit entry's details are flat. */
function detailsOf({
  schedule,
  balance,
  rules = {},
  ...settings
}: Omit<SupplierConfig, "capabilities">) {
  const threshold = schedule?.threshold;
  return {
    ...settings,
    ...(schedule && { "schedule.preset": schedule.preset }),
    ...(threshold === undefined ? {} : { "schedule.threshold": threshold }),
    ...(balance === null ? { balance: null } : linesOf(balance ?? {})),
    ...Object.fromEntries(Object.entries(rules).map(([name, value]) => [`rules.${name}`, value])),
  };
}

const linesOf = (balance: NonNullable<SupplierConfig["balance"]>) =>
  Object.fromEntries(
    Object.entries(balance).flatMap(([currency, lines]) =>
      lines === null
        ? [[`balance.${currency}`, null]]
        : Object.entries(lines).map(([name, value]) => [`balance.${currency}.${name}`, value]),
    ),
  );
