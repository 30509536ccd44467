import { unwrapOne } from "../http/envelope.ts";
import type { Json, SupplierProduct } from "../port.ts";
import { readAttributes } from "./attributes.ts";
import { readNoteFields } from "./note-fields.ts";
import { productShape } from "./schema.ts";

/** Delivery types that hand nothing out. None is documented; a stated `isService` overrules them. */
const SERVICE_TYPES = new Set(["topup", "directtopup", "service"]);

/**
 * The product in an answer, or null when it has no id or no understandable price: such a thing
 * cannot be ordered. `currency` is the one asked for, used where the answer names none.
 */
export function mapProduct(answer: Json, currency: string): SupplierProduct | null {
  const parsed = productShape.safeParse(unwrapOne(answer, "product"));
  if (!parsed.success) return null;
  const product = parsed.data;
  if (product.price === null || product.price.startsWith("-")) return null;
  const minQuantity = Math.max(1, product.orderMinQuantity ?? 1);
  return {
    id: product.id,
    name: product.name ?? product.slug ?? product.id,
    slug: product.slug,
    description: product.description,
    categoryId: product.categoryId,
    ...readAttributes(product.attributes),
    price: product.price,
    currency: product.currency ?? currency,
    stock: product.quantity,
    minQuantity,
    maxQuantity: atLeast(minQuantity, product.orderMaxQuantity),
    noteFields: readNoteFields(
      product.requiredNoteFields,
      product.noteFieldTypes,
      product.noteFieldOptions,
    ),
    isService: product.isService ?? isServiceType(product.deliveryType),
    userGuide: product.userGuide,
  };
}

/** A limit below the minimum (0 is common) states none. */
function atLeast(minimum: number, limit: number | null): number | null {
  return limit !== null && limit >= minimum ? limit : null;
}

function isServiceType(deliveryType: string | null): boolean {
  return SERVICE_TYPES.has((deliveryType ?? "").toLowerCase().replace(/[^a-z]/g, ""));
}
