import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SIGNAL_KEYS } from "#lib/orders/signals.ts";
import { ALERT_KINDS, type AlertKind } from "../alert-policy.ts";
import { buttonsOf } from "../runbooks/buttons.ts";
import { RULES } from "./rules.ts";

/**
 * Where the signals of each kind begin and end. `rule`: judged by one of `RULES`; otherwise the file that opens it
 * when it is recorded, and the file that clears it; null where only a person's word ends it.
 */
const SIGNAL_SOURCES: Record<AlertKind, "rule" | { opens: string; clears: string | null }> = {
  stalled: "rule",
  slow: "rule",
  payment_expiring: "rule",
  delivery_failed: "rule",
  supplier_down: "rule",
  supplier_slow: "rule",
  supplier_limiting: "rule",
  key_refused: "rule",
  push_refused: "rule",
  supplier_not_connected: "rule",
  balance_stale: "rule",
  catalog_outdated: "rule",
  engine_late: "rule",
  sealing_key_old: "rule",
  notices_failed: "rule",

  unconfirmed: { opens: "orders/decide-failure.ts", clears: "orders/decide-answer.ts" },
  order_failed: { opens: "orders/decide-answer.ts", clears: "orders/decide-answer.ts" },
  cancelled_after_payment: { opens: "orders/decide-answer.ts", clears: "orders/decide-answer.ts" },
  order_refunded: { opens: "orders/decide-answer.ts", clears: null },
  partial: { opens: "orders/decide-answer.ts", clears: "orders/decide-answer.ts" },
  unknown_word: { opens: "orders/decide-answer.ts", clears: "orders/decide-answer.ts" },
  codes_short: { opens: "orders/decide-answer.ts", clears: "orders/decide-answer.ts" },
  codes_extra: { opens: "orders/decide-answer.ts", clears: null },
  code_repeated: { opens: "orders/record-observations.ts", clears: null },
  code_changed: { opens: "orders/record-observations.ts", clears: null },
  codes_withheld: { opens: "orders/decide-answer.ts", clears: null },
  waits_for_twin: { opens: "orders/decide-doubt.ts", clears: "orders/decide-answer.ts" },
  extra_supplier_order: { opens: "orders/record-extra.ts", clears: "orders/record-extra.ts" },
  pay_refused: { opens: "orders/decide-failure.ts", clears: "orders/decide-answer.ts" },
  unrecordable: { opens: "orders/park-order.ts", clears: "orders/decide-answer.ts" },
  lost_at_supplier: { opens: "orders/decide-failure.ts", clears: "orders/decide-answer.ts" },
  handed_out_of_failed_order: { opens: "codes/withhold-codes.ts", clears: "codes/watch-stock.ts" },

  mode_fell_back: { opens: "orders/fall-back.ts", clears: "placement/configure-supplier.ts" },
  orphans_many: { opens: "reconcile/watch-orphans.ts", clears: "reconcile/watch-orphans.ts" },
  unattributed_supplier_order: {
    opens: "reconcile/tell-unattributed.ts",
    clears: "reconcile/tell-unattributed.ts",
  },
  audit_overdue: { opens: "reconcile/audit-accounts.ts", clears: "reconcile/audit-accounts.ts" },
  balance_low: { opens: "balance/tell-lines.ts", clears: "balance/tell-lines.ts" },
  balance_critical: { opens: "balance/tell-lines.ts", clears: "balance/tell-lines.ts" },
  balance_told_low: { opens: "balance/take-low-word.ts", clears: null },
  balance_unexplained: {
    opens: "balance/tell-unexplained.ts",
    clears: "balance/tell-unexplained.ts",
  },

  inbox_unmatched: { opens: "inbound/tell-inbox.ts", clears: "inbound/tell-inbox.ts" },
  inbox_unreadable: { opens: "inbound/tell-inbox.ts", clears: "inbound/tell-inbox.ts" },

  stock_low: { opens: "codes/low-lines.ts", clears: "codes/low-lines.ts" },
  codes_expiring: { opens: "codes/watch-expiries.ts", clears: "codes/watch-expiries.ts" },
  endpoint_failing: {
    opens: "deliveries/record-results.ts",
    clears: "deliveries/record-results.ts",
  },
  endpoint_disabled: {
    opens: "deliveries/record-results.ts",
    clears: "deliveries/enable-endpoint.ts",
  },
  reveals_unusual: { opens: "codes/count-reveals.ts", clears: "codes/quiet-reveals.ts" },
  key_opens_old_codes: { opens: "codes/watch-old-codes.ts", clears: "codes/quiet-reveals.ts" },
  invariant_violated: { opens: "doctor/check-invariants.ts", clears: "doctor/check-invariants.ts" },
};

const KINDS = Object.keys(ALERT_KINDS) as AlertKind[];
const LOCALES = ["en", "hi"] as const;

const textOf = (path: string): string =>
  readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const words = (locale: string, file: string) =>
  JSON.parse(textOf(`i18n/messages/${locale}/${file}.json`));

describe.each(KINDS)("%s", (kind) => {
  const source = SIGNAL_SOURCES[kind];

  it("has a rule, or is opened where it is recorded, and a way to end", () => {
    const rules = RULES.filter(({ kinds }) => kinds.includes(kind));
    if (source === "rule") {
      expect(rules).toHaveLength(1);
      return;
    }
    expect(rules).toHaveLength(0);
    const opening = textOf(`lib/${source.opens}`);
    expect(opening).toContain(kind);
    expect(opening).toMatch(/open|insert into order_signals/i);
    if (source.clears === null) {
      expect(ALERT_KINDS[kind].ends).toBe("person");
      return;
    }
    const clearing = textOf(`lib/${source.clears}`);
    expect(clearing).toContain(kind);
    expect(clearing).toMatch(/clear/i);
  });

  it.each(LOCALES)("has its words and its runbook with its buttons in %s", (locale) => {
    const { title, what, risk } = words(locale, "alerts").kind[kind];
    for (const text of [title, what, risk]) expect(String(text).trim().length).toBeGreaterThan(3);
    const runbook = textOf(`lib/alerts/runbooks/${locale}/${kind}.md`);
    expect(buttonsOf(runbook).sort()).toEqual([...ALERT_KINDS[kind].actions].sort());
    if ((SIGNAL_KEYS as readonly string[]).includes(kind)) {
      expect(words(locale, "orders").signal[kind]).toMatchObject({ word: expect.any(String) });
    }
  });
});

describe("the kinds", () => {
  it("are all of the signals of orders, and each rule's are its own", () => {
    for (const key of SIGNAL_KEYS) expect(KINDS).toContain(key);
    const judged = RULES.flatMap(({ kinds }) => kinds);
    expect(new Set(judged).size).toBe(judged.length);
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  });

  it("differ between the languages", () => {
    for (const kind of KINDS) {
      const titles = LOCALES.map((locale) => words(locale, "alerts").kind[kind].title);
      expect(new Set(titles).size, kind).toBe(LOCALES.length);
    }
  });
});
