import type { ProductView } from "#lib/catalog/types.ts";
import type { NewOrder } from "#lib/orders/new-order.ts";
import { multiply, totalOf } from "#lib/platform/money.ts";

export type DraftLine = {
  /** Names the line within the form, nowhere else. */
  key: string;
  /** As the supplier last confirmed it. */
  product: ProductView;
  /** As typed. */
  quantity: string;
  note: Record<string, string>;
  /** The unit price that the person saw before the present one; null where it didn't change. */
  priceBefore: string | null;
};

/** An order as far as it has been filled in. */
export type Draft = { lines: DraftLine[]; customerRef: string; isMock: boolean };

export const emptyDraft: Draft = { lines: [], customerRef: "", isMock: false };

/** What a person may do to a draft. */
export type Change =
  | { kind: "add"; key: string; product: ProductView }
  | { kind: "remove"; key: string }
  | { kind: "quantity"; key: string; text: string }
  | { kind: "note"; key: string; field: string; text: string }
  | { kind: "customerRef"; text: string }
  | { kind: "mock"; on: boolean };

export function changeDraft(draft: Draft, change: Change): Draft {
  const onLine = (key: string, to: (line: DraftLine) => Partial<DraftLine>): Draft => ({
    ...draft,
    lines: draft.lines.map((line) => (line.key === key ? { ...line, ...to(line) } : line)),
  });
  switch (change.kind) {
    case "add":
      return { ...draft, lines: [...draft.lines, newLine(change.key, change.product)] };
    case "remove":
      return { ...draft, lines: draft.lines.filter(({ key }) => key !== change.key) };
    case "quantity":
      return onLine(change.key, () => ({ quantity: change.text }));
    case "note":
      return onLine(change.key, ({ note }) => ({ note: { ...note, [change.field]: change.text } }));
    case "customerRef":
      return { ...draft, customerRef: change.text };
    case "mock":
      return { ...draft, isMock: change.on };
  }
}

export function newLine(key: string, product: ProductView): DraftLine {
  return { key, product, quantity: String(product.minQuantity), note: {}, priceBefore: null };
}

/** Puts in what the supplier says now, and remembers the price that was seen before. */
export function confirmProduct(draft: Draft, product: ProductView): Draft {
  return {
    ...draft,
    lines: draft.lines.map((line) => {
      if (line.product.id !== product.id) return line;
      const seen = line.priceBefore ?? line.product.price;
      return { ...line, product, priceBefore: seen === product.price ? null : seen };
    }),
  };
}

/** A whole number of units, or null where the text is none. */
export function readQuantity(text: string): number | null {
  const trimmed = text.trim();
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : null;
}

/** What the line costs; null while its quantity can't be read. */
export function lineTotal(line: DraftLine): string | null {
  const quantity = readQuantity(line.quantity);
  return quantity === null ? null : multiply(line.product.price, quantity);
}

/** What the order costs; null while there is a line whose quantity can't be read, or none at all. */
export function draftTotal(draft: Draft): string | null {
  const lines = draft.lines.map(({ product, quantity }) => ({
    unitPrice: product.price,
    quantity: readQuantity(quantity),
  }));
  if (lines.length === 0 || lines.some(({ quantity }) => quantity === null)) return null;
  return totalOf(lines.map((line) => ({ ...line, quantity: line.quantity ?? 0 })));
}

/** The currency of the first line; all have to be of it. */
export const draftCurrency = (draft: Draft): string | null =>
  draft.lines[0]?.product.currency ?? null;

/** What goes through the door. Only what the products ask for is sent as their note. */
export function toNewOrder(draft: Draft, clientRef: string, agreedTotal: string): NewOrder {
  return {
    clientRef,
    lines: draft.lines.map(({ product, quantity, note }) => ({
      productId: product.id,
      quantity: readQuantity(quantity) ?? 0,
      note: Object.fromEntries(product.noteFields.map(({ name }) => [name, noteText(note, name)])),
    })),
    customerRef: draft.customerRef.trim() || null,
    isMock: draft.isMock,
    agreedTotal,
  };
}

/** Own fields only: the supplier may name a field `constructor`. */
export function noteText(note: Record<string, string>, field: string): string {
  return Object.hasOwn(note, field) ? (note[field] ?? "") : "";
}
