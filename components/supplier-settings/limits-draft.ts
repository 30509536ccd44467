import type { AccountView } from "#components/supplier-settings/account-view.ts";

const MINUTE_MS = 60_000;

/** How an account is treated, as it is typed: numbers as text, spans in the unit of their field. */
export type LimitsDraft = {
  callsPerMinute: string;
  readsAtOnce: string;
  writesAtOnce: string;
  preset: "learned" | "steady" | "backoff";
  /** Of `learned`, in percent. */
  threshold: string;
  sweeps: boolean;
  /** Minutes; empty: as everywhere. */
  stalledAfter: string;
  slowFactor: string;
  /** Seconds. */
  slowAnswer: string;
  /** Minutes. */
  paymentExpiring: string;
  balanceStale: string;
  catalogOutdated: string;
  lines: LineDraft[];
  /** Minutes. */
  settling: string;
  isExclusive: boolean;
  isGuardTrusted: boolean;
  /** Decimal text; empty: never. */
  secondPersonAbove: string;
  supportEmail: string;
};

export type LineDraft = { currency: string; lowAt: string; okAt: string; criticalAt: string };

export function limitsDraftOf({ budget, treatment }: AccountView): LimitsDraft {
  const { polling, rules, balance, secondPersonAbove, supportEmail } = treatment;
  return {
    callsPerMinute: String(budget.callsPerMinute),
    readsAtOnce: String(budget.readsAtOnce),
    writesAtOnce: String(budget.writesAtOnce),
    preset: polling.schedule.preset,
    threshold: String(Math.round(polling.schedule.threshold * 100)),
    sweeps: polling.sweep === "auto",
    stalledAfter: polling.stalledAfterMs === null ? "" : inUnits(polling.stalledAfterMs, MINUTE_MS),
    slowFactor: String(rules.slowFactor),
    slowAnswer: inUnits(rules.slowAnswerMs, 1_000),
    paymentExpiring: inUnits(rules.paymentExpiringMs, MINUTE_MS),
    balanceStale: inUnits(rules.balanceStaleMs, MINUTE_MS),
    catalogOutdated: inUnits(rules.catalogOutdatedMs, MINUTE_MS),
    lines: balance.map(({ currency, lowAt, okAt, criticalAt }) => ({
      currency,
      lowAt,
      okAt,
      criticalAt: criticalAt ?? "",
    })),
    settling: inUnits(treatment.settlingMs, MINUTE_MS),
    isExclusive: treatment.isExclusive,
    isGuardTrusted: isGuardTrusted(treatment),
    secondPersonAbove: secondPersonAbove ?? "",
    supportEmail: supportEmail ?? "",
  };
}

export const isGuardTrusted = ({ capabilities }: AccountView["treatment"]): boolean =>
  capabilities.some(({ name, value }) => name === "duplicate_guard" && value === "trusted");

/** Without what the eye doesn't need: 90,000 ms are 1.5 minutes. */
const inUnits = (ms: number, unit: number): string => String(Number((ms / unit).toFixed(3)));

export type LimitsField = Exclude<keyof LimitsDraft, "lines"> | `lines.${number}`;

/** What differs from how the account is treated now, as the server takes it; or the fields that can't be. */
export function wishOf(
  draft: LimitsDraft,
  before: LimitsDraft,
): Record<string, unknown> | LimitsField[] {
  const wrong: LimitsField[] = [];
  const wish: Record<string, unknown> = {};
  const isNew = (field: keyof LimitsDraft) => draft[field] !== before[field];
  function number(field: NumberName, least: number, most: number, unit = 1, whole = true) {
    const value = numberFrom(draft[field]);
    if (value !== null && value >= least && value <= most && (!whole || Number.isInteger(value))) {
      return whole ? value * unit : Math.round(value * unit);
    }
    wrong.push(field);
    return 0;
  }
  const set = (field: NumberName, name: string, ...range: [number, number, number?, boolean?]) => {
    if (isNew(field)) wish[name] = number(field, ...range);
  };
  set("callsPerMinute", "callsPerMinute", 6, 100_000);
  set("readsAtOnce", "readsAtOnce", 1, 64);
  set("writesAtOnce", "writesAtOnce", 1, 16);
  if (isNew("preset") || (draft.preset === "learned" && isNew("threshold"))) {
    const threshold = draft.preset === "learned" ? number("threshold", 2, 90) / 100 : undefined;
    wish.schedule = { preset: draft.preset, ...(threshold !== undefined && { threshold }) };
  }
  if (isNew("sweeps")) wish.sweep = draft.sweeps ? "auto" : "off";
  if (isNew("stalledAfter")) {
    const isUsual = draft.stalledAfter.trim() === "";
    wish.stalledAfterMs = isUsual ? null : number("stalledAfter", 1, 1_440, MINUTE_MS, false);
  }
  set("settling", "settlingMs", 0.017, 1_440, MINUTE_MS, false);
  const rules: Record<string, unknown> = {};
  const rule = (field: NumberName, name: string, ...range: [number, number, number]) => {
    if (isNew(field)) rules[name] = number(field, ...range, false);
  };
  if (isNew("slowFactor")) rules.slowFactor = factorOf(draft.slowFactor, wrong);
  rule("slowAnswer", "slowAnswerMs", 0.5, 60, 1_000);
  rule("paymentExpiring", "paymentExpiringMs", 1, 1_440, MINUTE_MS);
  rule("balanceStale", "balanceStaleMs", 2, 1_440, MINUTE_MS);
  rule("catalogOutdated", "catalogOutdatedMs", 30, 10_080, MINUTE_MS);
  if (Object.keys(rules).length > 0) wish.rules = rules;
  const balance = balanceOf(draft.lines, before.lines, wrong);
  if (Object.keys(balance).length > 0) wish.balance = balance;
  if (isNew("isExclusive")) wish.isExclusive = draft.isExclusive;
  if (isNew("isGuardTrusted")) {
    wish.capabilities = { duplicate_guard: draft.isGuardTrusted ? "trusted" : null };
  }
  if (isNew("secondPersonAbove")) {
    const text = draft.secondPersonAbove.trim();
    if (text !== "" && !isAmount(text)) wrong.push("secondPersonAbove");
    wish.secondPersonAbove = text === "" ? null : text;
  }
  if (isNew("supportEmail")) {
    const text = draft.supportEmail.trim();
    if (text !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) wrong.push("supportEmail");
    wish.supportEmail = text === "" ? null : text;
  }
  return wrong.length > 0 ? wrong : wish;
}

type NumberName = {
  [Name in keyof LimitsDraft]: LimitsDraft[Name] extends string ? Name : never;
}[keyof LimitsDraft] &
  Exclude<keyof LimitsDraft, "preset" | "supportEmail" | "secondPersonAbove">;

function numberFrom(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^\d{1,9}(\.\d{1,3})?$/.test(plain) ? Number(plain) : null;
}

function factorOf(text: string, wrong: LimitsField[]): number {
  const value = numberFrom(text);
  if (value === null || value < 1 || value > 20) wrong.push("slowFactor");
  return value ?? 0;
}

const isAmount = (text: string): boolean => /^\d{1,13}(\.\d{1,4})?$/.test(text);

/** By currency what is new; null takes a line away. */
function balanceOf(
  lines: readonly LineDraft[],
  before: readonly LineDraft[],
  wrong: LimitsField[],
): Record<string, unknown> {
  const balance: Record<string, unknown> = {};
  for (const { currency } of before) {
    if (!lines.some((line) => line.currency.trim().toUpperCase() === currency)) {
      balance[currency] = null;
    }
  }
  for (const [index, line] of lines.entries()) {
    const currency = line.currency.trim().toUpperCase();
    const lowAt = line.lowAt.trim();
    const okAt = line.okAt.trim();
    const criticalAt = line.criticalAt.trim();
    const amounts = [lowAt, okAt || lowAt, criticalAt || "0"];
    const [low = 0, ok = 0, critical = 0] = amounts.map(Number);
    const isTwice =
      lines.findIndex((one) => one.currency.trim().toUpperCase() === currency) < index;
    const isWrong = !/^[A-Z0-9]{2,10}$/.test(currency) || !amounts.every(isAmount) || isTwice;
    if (isWrong || ok < low || critical > low) wrong.push(`lines.${index}`);
    const old = before.find((one) => one.currency === currency);
    if (old && old.lowAt === lowAt && old.okAt === okAt && old.criticalAt === criticalAt) continue;
    balance[currency] = { lowAt, ...(okAt && { okAt }), ...(criticalAt && { criticalAt }) };
  }
  return balance;
}
