/** What of a signal's data people see, on pages, in mail and in chat alike. */
import type { SignalData } from "./types.ts";

/** How a fact of a signal is shown; its name is `alerts.detail.fact.<name>`. */
export type Fact =
  | { form: "text" | "quote" | "id"; name: FactName; value: string }
  | { form: "why"; name: FactName; value: Why }
  | { form: "number"; name: FactName; value: number }
  /** "3 of 5". */
  | { form: "part"; name: FactName; value: number; of: number }
  | { form: "span"; name: FactName; ms: number }
  | { form: "instant"; name: FactName; at: string }
  | { form: "money"; name: FactName; amount: string; currency: string }
  | { form: "order"; name: FactName; id: string };

type Form = Exclude<Fact["form"], "part">;

/** Each in the words of `alerts.detail.why`. */
const WHYS = [
  ...(["gone", "failure_budget", "silent", "overdue"] as const),
  ...(["secret_missing", "secret_locked", "config_unreadable", "unknown_kind"] as const),
  ...(["no_secret", "unsigned", "bad_signature", "too_old"] as const),
] as const;
type Why = (typeof WHYS)[number];

/** What signals carry that a person should see; ids of what the page shows anyway are left out. */
const FORMS = {
  word: "quote",
  reason: "quote",
  detail: "quote",
  error: "quote",
  problem: "quote",
  why: "why",
  also: "text",
  channel: "text",
  endpoint: "text",
  code: "text",
  got: "number",
  failed: "number",
  count: "number",
  times: "number",
  failures: "number",
  codes: "number",
  places: "number",
  line: "number",
  steps: "number",
  unattributed: "number",
  overdue: "number",
  days: "number",
  minutes: "number",
  ratePerMinute: "number",
  afterMs: "span",
  tookMs: "span",
  usualMs: "span",
  meanMs: "span",
  slowAfterMs: "span",
  lateMs: "span",
  since: "instant",
  until: "instant",
  at: "instant",
  firstAt: "instant",
  createdAt: "instant",
  lastBeatAt: "instant",
  available: "money",
  lowAt: "money",
  criticalAt: "money",
  amount: "money",
  remainder: "money",
  supplierOrderId: "id",
  twin: "order",
  orderId: "order",
} as const satisfies Record<string, Form>;

export type FactName = keyof typeof FORMS | "lastRead";

export const FACT_NAMES: readonly FactName[] = [...(Object.keys(FORMS) as FactName[]), "lastRead"];

/** What the whole is of which the first is a part. */
const WHOLES: Partial<Record<FactName, string>> = { got: "expected", failed: "calls" };

const isName = (key: string): key is keyof typeof FORMS => Object.hasOwn(FORMS, key);

/** Whatever of a signal's data we have words for, in the order in which it came. */
export function factsOf(kind: string, data: SignalData): Fact[] {
  return Object.entries(data).flatMap(([key, value]) => {
    if (!isName(key) || value === null || value === "") return [];
    return formed(kind, key, value, data) ?? [];
  });
}

function formed(
  kind: string,
  key: keyof typeof FORMS,
  value: string | number | boolean,
  data: SignalData,
): Fact | null {
  const form: Form = FORMS[key];
  const whole = data[WHOLES[key] ?? ""];
  switch (form) {
    case "text":
    case "quote":
    case "id":
      return { form, name: key, value: String(value) };
    case "order":
      return { form, name: key, id: String(value) };
    case "why": {
      const known = WHYS.find((why) => why === value);
      return known ? { form, name: key, value: known } : null;
    }
    case "number":
      if (typeof value !== "number") return null;
      return typeof whole === "number"
        ? { form: "part", name: key, value, of: whole }
        : { form, name: key, value };
    case "span":
      return typeof value === "number" ? { form, name: key, ms: value } : null;
    case "instant":
      if (Number.isNaN(Date.parse(String(value)))) return null;
      return { form, name: isReading(kind) && key === "at" ? "lastRead" : key, at: String(value) };
    case "money":
      // What is left of a product's codes, which are no money.
      if (typeof value === "number") return { form: "number", name: key, value };
      if (typeof data.currency !== "string") return null;
      return { form, name: key, amount: String(value), currency: data.currency };
  }
}

const isReading = (kind: string): boolean =>
  kind === "balance_stale" || kind === "catalog_outdated";
