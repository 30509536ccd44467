import { createHash } from "node:crypto";

/** The goods of an order of ours, as far as two orders for the same goods are alike. */
export type Basket = {
  lines: { productId: string; quantity: number; note: Note }[];
  currency: string;
  isMock: boolean;
};

/** A supplier order's goods; null is what the supplier doesn't show. */
export type ShownBasket = {
  lines: { productId: string | null; quantity: number | null; note: Note | null }[];
  currency: string | null;
  isMock: boolean | null;
};

type Note = Record<string, string>;

/** Values as text, since suppliers echo a number as they please; empty ones count as left out. */
export function plainNote(note: unknown): Note {
  if (typeof note !== "object" || note === null) return {};
  const fields = Object.entries(note)
    .map(([name, value]): [string, string] => [
      storable(name),
      storable(String(value ?? "")).trim(),
    ])
    .filter(([, value]) => value !== "");
  return Object.fromEntries(fields.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** PostgreSQL keeps neither NUL nor half characters. */
const storable = (text: string): string => text.replace(/\0|\p{Cs}/gu, "");

/**
 * One word for what is asked for: goods, quantities, notes, currency, mock or not. Price and the order
 * of the lines are left out: orders with equal fingerprints would be satisfied by each other's goods.
 */
export function fingerprintOf({ lines, currency, isMock }: Basket): string {
  const canonical = lines.map(lineText).sort();
  const text = JSON.stringify([canonical, currency.toUpperCase(), isMock]);
  return createHash("sha256").update(text).digest("base64url");
}

/** A guess where the supplier leaves the note out; null where it leaves out more than that. */
export function shownFingerprint({ lines, currency, isMock }: ShownBasket): string | null {
  if (currency === null || isMock === null || lines.length === 0) return null;
  const shown = lines.flatMap(({ productId, quantity, note }) =>
    productId === null || quantity === null ? [] : [{ productId, quantity, note: note ?? {} }],
  );
  return shown.length === lines.length ? fingerprintOf({ lines: shown, currency, isMock }) : null;
}

/**
 * Whether a supplier order may be the one that was asked for. `unclear`: nothing that is shown speaks
 * against it, and too little is shown to be sure. Lines match in any order.
 */
export function compareBaskets(
  ours: Basket,
  theirs: ShownBasket,
): "same" | "unclear" | "different" {
  if (theirs.isMock !== null && theirs.isMock !== ours.isMock) return "different";
  if (theirs.currency !== null && theirs.currency.toUpperCase() !== ours.currency.toUpperCase()) {
    return "different";
  }
  if (theirs.lines.length === 0) return "unclear";
  if (theirs.lines.length !== ours.lines.length) return "different";
  const fits = ours.lines.map((line) => theirs.lines.map((other) => compareLines(line, other)));
  if (theirs.isMock !== null && canPair(fits, (fit) => fit === "same")) return "same";
  return canPair(fits, (fit) => fit !== "different") ? "unclear" : "different";
}

type Match = "same" | "unclear" | "different";

/**
 * Whether each of our lines finds one of theirs for itself alone, by augmenting paths: taking the first
 * that fits could take away the only one that fits another, and an order of ours would be missed.
 */
function canPair(fits: Match[][], isGood: (fit: Match) => boolean): boolean {
  const takenBy = new Map<number, number>();
  const place = (line: number, tried: Set<number>): boolean =>
    (fits[line] ?? []).some((fit, other) => {
      if (!isGood(fit) || tried.has(other)) return false;
      tried.add(other);
      const holder = takenBy.get(other);
      if (holder !== undefined && !place(holder, tried)) return false;
      takenBy.set(other, line);
      return true;
    });
  return fits.every((_, line) => place(line, new Set()));
}

type OwnLine = Basket["lines"][number];

function compareLines(ours: OwnLine, theirs: ShownBasket["lines"][number]): Match {
  const { productId, quantity, note } = theirs;
  if (productId !== null && productId !== ours.productId) return "different";
  if (quantity !== null && quantity !== ours.quantity) return "different";
  const ownNote = noteText(ours.note);
  if (note !== null && noteText(plainNote(note)) !== ownNote) return "different";
  const hidden = productId === null || quantity === null || (note === null && ownNote !== "[]");
  return hidden ? "unclear" : "same";
}

const noteText = (note: Note): string => JSON.stringify(Object.entries(plainNote(note)));
const lineText = ({ productId, quantity, note }: OwnLine): string =>
  JSON.stringify([productId, quantity, noteText(note)]);
