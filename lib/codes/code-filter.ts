import { z } from "zod";
import { searchText } from "#lib/platform/search-text.ts";
import { CODE_STATES, type CodeState } from "./lifecycle.ts";

const states = z.string().transform((text): CodeState[] | undefined => {
  const wanted = text.split(",");
  const known = CODE_STATES.filter((state) => wanted.includes(state));
  return known.length > 0 ? known : undefined;
});

/** The code list's filters as they stand in the URL; junk is dropped, never an error. */
const schema = z.object({
  /** A digest where it is a supplier's product: no version of a UUID. */
  product: z.guid().optional().catch(undefined),
  /** Comma-separated; none means any. */
  state: states.optional().catch(undefined),
  /**
   * Words of a product's name, the beginning of a customer reference, or the whole of an order's, a
   * supplier order's, a code's or a hand-out's id.
   */
  search: searchText(200).optional().catch(undefined),
  /** Only what is in stock and expires soon, the soonest first. */
  expiring: z.literal("1").optional().catch(undefined),
  /** Mock codes are left out unless asked for. */
  mock: z.literal("only").optional().catch(undefined),
  /** Where the page before ended. */
  after: z.string().min(1).max(100).optional().catch(undefined),
});

export type CodeFilter = z.infer<typeof schema>;

export const parseCodeFilter = (
  params: URLSearchParams | Record<string, string | undefined>,
): CodeFilter =>
  schema.parse(params instanceof URLSearchParams ? Object.fromEntries(params) : params);
