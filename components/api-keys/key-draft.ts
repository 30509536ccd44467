import type { Scope } from "#lib/access/permissions.ts";
import { USUAL_RATE } from "#lib/api/key-policy.ts";

/** The form as it was typed. */
export type KeyDraft = {
  name: string;
  scopes: readonly Scope[];
  ownOrdersOnly: boolean;
  from: string;
  rate: string;
  days: string;
  spend: string;
};

/** As the form opens: whoever changes nothing gets a key for one storefront, which sees no other's orders. */
export const NEW_KEY: KeyDraft = {
  ...{ name: "", scopes: [], ownOrdersOnly: true, from: "" },
  ...{ rate: String(USUAL_RATE), days: "", spend: "" },
};

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

/** What is sent for it. What makes no number is sent as it is and refused by its field. */
export function wishOf({ name, scopes, ownOrdersOnly, from, rate, days, spend }: KeyDraft) {
  return {
    ...{ name, scopes: [...scopes], ownOrdersOnly, allowedFrom: lines(from) },
    ratePerMinute: numberOf(rate),
    expiresInDays: days.trim() === "" ? null : numberOf(days),
    spendPerDay: Object.fromEntries(
      lines(spend).map((line) => {
        const [currency = "", amount = ""] = line.split(/\s+/);
        return [currency.toUpperCase(), amount];
      }),
    ),
  };
}

const numberOf = (text: string): number => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : -1);
