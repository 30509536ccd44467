import type { Json, SupplierCategory } from "../port.ts";
import { categoryShape } from "./schema.ts";

/** The category in an answer, or null when it has no id. */
export function mapCategory(answer: Json): SupplierCategory | null {
  const parsed = categoryShape.safeParse(answer);
  if (!parsed.success) return null;
  const { id, name, slug, parentId, hasProducts } = parsed.data;
  return {
    id,
    name: name ?? slug ?? id,
    slug: slug ?? id,
    parentId,
    // Where it is not said, looking costs one call and not looking could hide a whole category.
    hasProducts: hasProducts ?? true,
  };
}
