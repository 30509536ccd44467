/** What a run came to, for a person at the terminal and for machines. */
import { unownedPurchases } from "./check/check-purchases.ts";
import { type Facts, isBeforePerson, isOurs, type Violation } from "./check/facts.ts";
import type { ChaosOptions, ChaosPlan } from "./plan.ts";
import type { ChaosResult } from "./run-chaos.ts";

export type Report = {
  seed: number;
  minutes: number;
  account: Record<string, unknown>;
  deeds: Record<string, number>;
  numbers: Record<string, number>;
  orders: Record<string, number>;
  restedAfterSeconds: number;
  violations: (Violation & { story: string[] })[];
  logs: string;
};

export function reportOf(
  { seed, minutes }: ChaosOptions,
  { account, workers }: ChaosPlan,
  { verdict, deeds, learnt, stories, requests, failedStarts, marked }: ChaosResult,
  logs: string,
): Report {
  return {
    seed,
    minutes,
    account: {
      workers,
      creating: account.createCharges ? "takes the money" : "is free",
      others: account.isExclusive ? "none" : "order too",
      "known at the start": words(learnt.before),
      "known at the end": words(learnt.after),
      "settling time": `${account.settlingMs / 1_000} s`,
    },
    deeds: Object.fromEntries([...deeds].sort()),
    numbers: {
      ...numbersOf(verdict.facts),
      requests,
      "starts without a database": failedStarts,
      "marked as foreign": marked,
    },
    orders: count(verdict.facts.stored.orders.map(({ status }) => status)),
    restedAfterSeconds: Math.round(verdict.restedAfterMs / 1_000),
    violations: verdict.violations.map((violation) => ({
      ...violation,
      story: stories.get(violation.orderId ?? "") ?? [],
    })),
    logs,
  };
}

const words = (createIsFree: unknown): string =>
  createIsFree === null ? "nothing" : createIsFree ? "creating is free" : "creating costs";

function numbersOf(facts: Facts): Record<string, number> {
  const { truth, stored, intents } = facts;
  const codes = stored.orders.flatMap(({ items }) => items.flatMap((item) => item.codes));
  const creates = stored.orders.flatMap(({ attempts }) =>
    attempts.filter(({ kind }) => kind === "create"),
  );
  const named = (attribution: string) =>
    stored.supplierOrders.filter((row) => row.attribution === attribution).length;
  return {
    wishes: intents.length,
    "create attempts": creates.length,
    "of unknown outcome": creates.filter(({ resolution }) => resolution !== null).length,
    "supplier orders of ours": truth.orders.filter(isOurs).length,
    "landed late": truth.orders.filter(({ origin }) => origin === "late").length,
    "of others": truth.orders.filter((one) => !isOurs(one)).length,
    "left unpaid": named("orphan"),
    "bought and nobody's": unownedPurchases(facts).length,
    "before a person": stored.supplierOrders.filter(
      (row) => row.attribution === null && isBeforePerson(stored, row),
    ).length,
    codes: codes.length,
    "codes shown otherwise later": codes.filter(({ conflicts }) => conflicts.length > 0).length,
  };
}

function count(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words.sort()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** The report as lines for a terminal. */
export function linesOf(report: Report): string[] {
  const { account, deeds, numbers, orders, violations } = report;
  return [
    "",
    `Chaos, seed ${report.seed}, ${report.minutes} min; at rest ${report.restedAfterSeconds} s after the last fault`,
    ...section("account", account),
    ...section("nemesis", deeds),
    ...section("orders", orders),
    ...section("numbers", numbers),
    "",
    ...violations.flatMap(({ id, orderId, detail, story }) => [
      `✗ ${id}: ${orderId ? `order ${orderId} ` : ""}${detail}`,
      ...story.map((line) => `      ${line}`),
    ]),
    violations.length === 0
      ? "Every invariant held."
      : `${violations.length} violations. Logs: ${report.logs}`,
  ];
}

const section = (title: string, values: Record<string, unknown>): string[] => [
  `  ${title}`,
  ...Object.entries(values).map(([name, value]) => `    ${name.padEnd(34)} ${value}`),
];
