import type { SpendLimitInput } from "./spend-limit-input.ts";

/** What of a person the audit remembers, as it was and as it became. */
export const personFacts = (person: {
  name: string;
  role: string;
  grants: readonly string[];
  spendLimits: readonly SpendLimitInput[];
}) => ({
  name: person.name,
  role: person.role,
  grants: [...person.grants].sort(),
  spendLimits: person.spendLimits.map(({ currency, perDay }) => `${perDay} ${currency}`).sort(),
});
