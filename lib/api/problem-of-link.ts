import type { NoMaterial } from "#lib/events/material.ts";
import type { Problem } from "./problems.ts";

const REASONS: Record<NoMaterial["why"], string> = {
  no_codes: "not_ready",
  for_stock: "no_customer",
  // Only of an endpoint's filter; a key has none.
  other_products: "not_ready",
  given_otherwise: "given_otherwise",
  withheld: "withheld",
  revoked: "revoked",
};

/** Why there is no link, as outsiders are told it. */
export const reasonWithoutLink = (why: NoMaterial["why"]): Problem => ({
  code: "claim_link_unavailable",
  facts: { reason: REASONS[why] },
});
