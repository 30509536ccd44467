import { z } from "zod";

/** What the product search was asked; junk is dropped, never an error. */
const schema = z.object({
  search: z.string().trim().max(200).optional().catch(undefined),
  category: z.string().min(1).max(200).optional().catch(undefined),
  region: z.string().min(1).max(100).optional().catch(undefined),
});

export type ProductFilter = z.infer<typeof schema>;

export const parseProductFilter = (query: URLSearchParams): ProductFilter =>
  schema.parse(Object.fromEntries(query));
