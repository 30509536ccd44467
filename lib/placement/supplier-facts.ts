import type { AuditFacts } from "#lib/audit/append-audit-entry.ts";
import type { SupplierView } from "./read-supplier.ts";

/** What an audit entry says of how an account is treated, by the names that it is set by. Pure. */
export function supplierFacts(view: SupplierView): AuditFacts {
  const { settlingMs, isExclusive, secondPersonAbove, supportEmail, polling, budget } = view;
  const { schedule, sweep, stalledAfterMs } = polling;
  return {
    ...{ settlingMs, isExclusive, secondPersonAbove, supportEmail, sweep, stalledAfterMs },
    ...under("schedule", schedule),
    ...budget,
    ...Object.assign(
      {},
      ...view.balance.map(({ currency, ...lines }) => under(`balance.${currency}`, lines)),
    ),
    ...under("rules", view.rules),
    ...Object.fromEntries(view.capabilities.map(({ name, value }) => [name, plain(value)])),
  };
}

const under = (name: string, values: object): AuditFacts =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`${name}.${key}`, plain(value)]),
  );

const plain = (value: unknown): string | number | boolean | null =>
  typeof value === "object" && value !== null
    ? JSON.stringify(value)
    : (value as string | number | boolean | null);
