import { z } from "zod";
import { searchText } from "#lib/platform/search-text.ts";

/** What the product search was asked; junk is dropped, never an error. */
const schema = z.object({
  search: searchText(200).optional().catch(undefined),
  category: searchText(200).optional().catch(undefined),
  region: searchText(100).optional().catch(undefined),
});

export type ProductFilter = z.infer<typeof schema>;

export const parseProductFilter = (query: URLSearchParams): ProductFilter =>
  schema.parse(Object.fromEntries(query));
