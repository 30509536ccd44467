import { z } from "zod";
import { instantText } from "#lib/platform/instant-text.ts";
import { searchText } from "#lib/platform/search-text.ts";
import { ORDER_STATUSES } from "./lifecycle.ts";

const list = z
  .string()
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.enum(ORDER_STATUSES as [string, ...string[]])));

/** The order list's filters as they stand in the URL; junk is dropped, never an error. */
const schema = z.object({
  status: list.optional().catch(undefined),
  /** Only orders that a person should look at: an open signal, or a stall. */
  attention: z.literal("1").optional().catch(undefined),
  /** Only orders whose last look failed. */
  retrying: z.literal("1").optional().catch(undefined),
  /** Only orders whose next look is more than a minute late. */
  overdue: z.literal("1").optional().catch(undefined),
  /** Only orders that have come to their end since, or whose money has come back since. */
  finishedSince: instantText.optional().catch(undefined),
  /** Only orders that were paid for since, and whose money hasn't come back. */
  paidSince: instantText.optional().catch(undefined),
  currency: z
    .string()
    .regex(/^[A-Z0-9]{2,10}$/)
    .optional()
    .catch(undefined),
  mock: z.enum(["only", "without"]).optional().catch(undefined),
  search: searchText(200).optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});

export type OrderFilter = z.infer<typeof schema>;

export function parseOrderFilter(
  params: URLSearchParams | Record<string, string | undefined>,
): OrderFilter {
  const entries = params instanceof URLSearchParams ? Object.fromEntries(params) : params;
  return schema.parse(entries);
}
