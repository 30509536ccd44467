import { z } from "zod";
import { searchText } from "#lib/platform/search-text.ts";

/** The filters of the supplier orders page as they stand in the URL; junk is dropped, never an error. */
const schema = z.object({
  /** Left out: those that are nobody's. */
  show: z.enum(["all", "foreign", "orphan", "ours"]).optional().catch(undefined),
  /** The beginning of a supplier's order id. */
  search: searchText(200).optional().catch(undefined),
  after: z.string().max(300).optional().catch(undefined),
});

export type SupplierOrderFilter = z.infer<typeof schema>;

export const parseSupplierOrderFilter = (
  params: URLSearchParams | Record<string, string | undefined>,
): SupplierOrderFilter =>
  schema.parse(params instanceof URLSearchParams ? Object.fromEntries(params) : params);
