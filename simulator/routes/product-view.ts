import type { NoteField, Product } from "../catalogue/types.ts";
import { type OrderCurrency, quote } from "../money.ts";
import type { World } from "../world.ts";

/** A product as the supplier shows it. Lists may be behind: see `staleUsdPrice`. */
export function productView(
  product: Product,
  currency: OrderCurrency,
  world: World,
  place: "list" | "detail",
) {
  const usd =
    place === "list" && product.staleUsdPrice !== null
      ? product.staleUsdPrice
      : world.usdPriceOf(product);
  const price = quote(usd, currency);
  return {
    id: product.id,
    name: product.name,
    slug: product.slug,
    description: product.description,
    categoryId: product.categoryId,
    attributes: product.attributes,
    price: product.priceSentAs === "number" ? Number(price) : price,
    currency,
    quantity: world.stockOf(product),
    orderMinQuantity: product.minQuantity,
    orderMaxQuantity: product.maxQuantity,
    requiredNoteFields: product.noteFields.map((field) => field.name),
    noteFieldOptions: byName(product.noteFields, (field) => field.options),
    noteFieldTypes: byName(product.noteFields, (field) => field.type),
    deliveryType: product.deliveryType,
    isService: product.isService,
    userGuide: product.userGuide,
    imagePath: `/images/products/${product.slug}.webp`,
    thumbnailPath: `/images/products/${product.slug}-small.webp`,
  };
}

function byName<Value>(fields: readonly NoteField[], pick: (field: NoteField) => Value) {
  return Object.fromEntries(
    fields.map((field) => [field.name, pick(field)]).filter(([, value]) => value !== undefined),
  );
}
