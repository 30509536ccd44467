import type { NoteField } from "#lib/suppliers/port.ts";

/** A product as the new-order page shows it. Amounts are decimal text. */
export type ProductView = {
  id: string;
  externalId: string;
  name: string;
  categoryName: string;
  region: string | null;
  faceValue: string | null;
  faceCurrency: string | null;
  price: string;
  currency: string;
  /** Null: the supplier doesn't say. */
  stock: number | null;
  minQuantity: number;
  maxQuantity: number | null;
  noteFields: NoteField[];
  isService: boolean;
  description: string | null;
  userGuide: string | null;
  /** When the supplier last confirmed price and stock. */
  seenAt: string;
  gone: boolean;
};

export type CategoryView = { externalId: string; name: string; products: number };

export type CatalogStatus = {
  /** Products that can be ordered. */
  products: number;
  lastFinishedAt: string | null;
  /** A walk is under way: products seen so far. */
  walking: { seen: number; startedAt: string } | null;
};
