import type { Fate } from "../behaviours.ts";

export type Category = {
  id: string;
  slug: string;
  name: string;
  description: string;
  parentId: string | null;
  tags: readonly string[];
};

export type NoteField = {
  name: string;
  type: "string" | "integer" | "number" | "email" | "select";
  options?: readonly string[];
};

/**
 * The shape of `externalData`. In a format `*` stands for a letter or digit and `#` for a digit;
 * every other character is itself.
 */
export type Delivery =
  | { shape: "plain" | "code" | "code-pin-serial" | "pin" | "codes"; format: string }
  | { shape: "esim" | "account" | "none" };

export type Product = {
  id: string;
  slug: string;
  name: string;
  description: string;
  categoryId: string;
  attributes: Record<string, string>;
  /** Decimal text, four decimals. */
  usdPrice: string;
  /** What lists and search still show, where that is not the price. */
  staleUsdPrice: string | null;
  /** Moves the price just before each order, so that no price seen earlier still holds. */
  priceMovesWithEveryOrder: boolean;
  /** The supplier sends some prices as text and others as a number. */
  priceSentAs: "string" | "number";
  /** Null means not reported. */
  stock: number | null;
  minQuantity: number;
  maxQuantity: number;
  noteFields: readonly NoteField[];
  delivery: Delivery;
  deliveryType: "code" | "esim" | "account" | "direct_topup" | "service";
  isService: boolean;
  userGuide: string | null;
  fate: Fate | null;
};

/** A line of the tables: what differs from product to product. The rest follows from the name. */
export type ProductDraft = {
  category: string;
  name: string;
  usdPrice: string;
  delivery: Delivery;
} & Partial<
  Pick<
    Product,
    | "description"
    | "attributes"
    | "staleUsdPrice"
    | "priceMovesWithEveryOrder"
    | "stock"
    | "minQuantity"
    | "maxQuantity"
    | "noteFields"
    | "deliveryType"
    | "isService"
    | "userGuide"
    | "fate"
  >
>;
