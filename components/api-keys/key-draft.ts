import type { Scope } from "#lib/access/permissions.ts";
import type { KeyChange } from "#lib/api/key-input.ts";
import { USUAL_RATE } from "#lib/api/key-policy.ts";
import type { KeyView } from "#lib/api/types.ts";

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

/** What of a key that there is can be changed, as it was typed. */
export type KeyChangeDraft = Pick<KeyDraft, "name" | "scopes" | "from" | "rate"> & {
  /** ISO; null: until it is revoked. */
  expiresAt: string | null;
};

export const draftOf = (view: KeyView): KeyChangeDraft => ({
  ...{ name: view.name, scopes: view.scopes, from: view.allowedFrom.join("\n") },
  ...{ rate: String(view.ratePerMinute), expiresAt: view.expiresAt },
});

/** What is sent for it: only what is another, so that what somebody else changes meanwhile stays. */
export function changeOf(view: KeyView, draft: KeyChangeDraft): KeyChange {
  const before = draftOf(view);
  const { name, scopes, from, rate, expiresAt } = draft;
  return {
    id: view.id,
    ...(name !== before.name && { name }),
    ...(scopes.length !== before.scopes.length && { scopes: [...scopes] }),
    ...(from !== before.from && { allowedFrom: lines(from) }),
    ...(rate !== before.rate && { ratePerMinute: numberOf(rate) }),
    ...(expiresAt !== before.expiresAt && { expiresAt }),
  };
}

const numberOf = (text: string): number => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : -1);
