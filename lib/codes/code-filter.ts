import { z } from "zod";
import { searchText } from "#lib/platform/search-text.ts";

/** The code list's filters as they stand in the URL; junk is dropped, never an error. */
const schema = z.object({
  /** Words of a product's name, or the beginning of a customer reference. */
  search: searchText(200).optional().catch(undefined),
  /** Mock codes are left out unless asked for. */
  mock: z.literal("only").optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
});

export type CodeFilter = z.infer<typeof schema>;

export const parseCodeFilter = (
  params: URLSearchParams | Record<string, string | undefined>,
): CodeFilter =>
  schema.parse(params instanceof URLSearchParams ? Object.fromEntries(params) : params);
