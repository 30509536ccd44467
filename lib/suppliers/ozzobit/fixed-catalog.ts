import { unknownPlace } from "../http/unsendable.ts";
import type { Outcome, Supplier, SupplierCategory, SupplierProduct } from "../port.ts";
import type { OzzobitConfig, OzzobitProduct } from "./config.ts";

const CATEGORY: SupplierCategory = {
  id: "ozzobit",
  name: "OZZOBiT",
  slug: "ozzobit",
  parentId: null,
  hasProducts: true,
};

/** The account's own list, told as a supplier would: nobody is called for it. */
export function fixedCatalog(
  config: Pick<OzzobitConfig, "products" | "currency">,
): Pick<Supplier, "getProduct" | "listCategories" | "listProducts"> {
  const all = config.products.map((product) => productOf(product, config.currency));
  return {
    async getProduct(id) {
      const product = all.find((known) => known.id === id);
      return product ? here(product) : gone;
    },
    async listCategories(cursor) {
      return cursor === null ? here({ items: [CATEGORY], next: null }) : unknownPlace();
    },
    async listProducts(categoryId, cursor) {
      if (cursor !== null) return unknownPlace();
      return categoryId === CATEGORY.id ? here({ items: all, next: null }) : gone;
    },
  };
}

const NOT_SENT = { firstByteAt: null, supplierClock: null };

const here = <T>(value: T): Outcome<T> => ({ kind: "accepted", value, timing: NOT_SENT });

const gone: Outcome<never> = {
  kind: "refused",
  refusal: {
    class: "not_found",
    code: null,
    detail: "This is not on the account's list.",
    httpStatus: null,
  },
  timing: NOT_SENT,
};

function productOf(product: OzzobitProduct, currency: string): SupplierProduct {
  return {
    id: product.id,
    name: product.name,
    slug: null,
    description: null,
    categoryId: CATEGORY.id,
    region: null,
    faceValue: null,
    faceCurrency: null,
    price: product.fiatAmount,
    currency,
    stock: null,
    minQuantity: 1,
    maxQuantity: null,
    noteFields: product.asksForWallet
      ? [{ name: "walletAddress", type: "string", options: [] }]
      : [],
    // Coins go to a wallet: nothing comes back that could be handed out.
    isService: true,
    userGuide: null,
  };
}
