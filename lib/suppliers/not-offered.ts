import type { Outcome } from "./port.ts";

/** The answer to what an account's traits say it doesn't do: nothing was sent. */
export const notOffered = async (what: string): Promise<Outcome<never>> => ({
  kind: "refused",
  refusal: {
    class: "unknown",
    code: "not_offered",
    detail: `This supplier's API has no ${what}.`,
    httpStatus: null,
  },
  timing: { firstByteAt: null, supplierClock: null },
});
