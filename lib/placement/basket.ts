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
  const text = JSON.stringify([textOf(lines), currency.toUpperCase(), isMock]);
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
 * Whether a supplier order may be the one that was asked for. `same`: everything is shown, and is the
 * same. `different`: something that is shown can't be. `unclear`: all the rest, since an order of ours
 * that is taken for another's would be bought again.
 */
export function compareBaskets(
  ours: Basket,
  theirs: ShownBasket,
): "same" | "unclear" | "different" {
  const { isMock, currency, lines } = theirs;
  if (isMock !== null && isMock !== ours.isMock) return "different";
  if (currency !== null && currency.toUpperCase() !== ours.currency.toUpperCase()) {
    return "different";
  }
  if (lines.length === 0) return "unclear";
  if (lines.some((line) => isOutOfPlace(line, ours.lines)) || isAnotherAmount(ours.lines, lines)) {
    return "different";
  }
  const shown = wholeLines(lines, ours.lines);
  return shown !== null && isMock !== null && textOf(shown) === textOf(ours.lines)
    ? "same"
    : "unclear";
}

type OwnLine = Basket["lines"][number];
type Line = ShownBasket["lines"][number];

/**
 * The lines, where each is shown as a whole; null where something is hidden. No note is as good as an
 * empty one for goods that were asked for without.
 */
function wholeLines(lines: Line[], ours: OwnLine[]): OwnLine[] | null {
  const noted = new Set(
    ours.flatMap(({ productId, note }) =>
      Object.keys(plainNote(note)).length > 0 ? [folded(productId)] : [],
    ),
  );
  const whole = lines.flatMap(({ productId, quantity, note }) => {
    if (productId === null || quantity === null) return [];
    if (note === null && noted.has(folded(productId))) return [];
    return [{ productId, quantity, note: note ?? {} }];
  });
  return whole.length === lines.length ? whole : null;
}

/** A line of goods that we didn't ask for, or with a note that contradicts each of ours for them. */
function isOutOfPlace({ productId, note }: Line, ours: OwnLine[]): boolean {
  return !ours.some(
    (line) =>
      (productId === null || folded(productId) === folded(line.productId)) &&
      !(note !== null && contradict(line.note, note)),
  );
}

/** A supplier may spell a value its own way, or add fields of its own: that contradicts nothing. */
function contradict(ours: Note, theirs: Note): boolean {
  const shown = new Map(Object.entries(plainNote(theirs)));
  return Object.entries(plainNote(ours)).some(([name, value]) => {
    const told = shown.get(name);
    return told !== undefined && bare(told) !== bare(value);
  });
}

/** Units can't be told apart, but counted: a supplier may show one line as two, or two as one. */
function isAnotherAmount(ours: OwnLine[], theirs: Line[]): boolean {
  const asked = sums(ours);
  const shown = sums(theirs);
  const isWhole = theirs.every(({ quantity }) => quantity !== null);
  const total = (of: Map<string | null, number>) => [...of.values()].reduce((a, b) => a + b, 0);
  if (isWhole ? total(shown) !== total(asked) : total(shown) > total(asked)) return true;
  const areNamed = theirs.every(({ productId }) => productId !== null);
  return [...asked].some(([product, quantity]) => {
    const told = shown.get(product) ?? 0;
    return told > quantity || (isWhole && areNamed && told < quantity);
  });
}

function sums(lines: Line[]): Map<string | null, number> {
  const quantityOf = new Map<string | null, number>();
  for (const { productId, quantity } of lines) {
    const product = productId === null ? null : folded(productId);
    quantityOf.set(product, (quantityOf.get(product) ?? 0) + (quantity ?? 0));
  }
  return quantityOf;
}

/** Without case, spaces and punctuation, which suppliers like to set right. */
const bare = (value: string): string => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const folded = (productId: string): string => productId.toLowerCase();

/** One text for lines that ask for the same, in whatever order, and however split. */
function textOf(lines: OwnLine[]): string {
  const quantityOf = new Map<string, number>();
  for (const { productId, quantity, note } of lines) {
    const goods = JSON.stringify([folded(productId), Object.entries(plainNote(note))]);
    quantityOf.set(goods, (quantityOf.get(goods) ?? 0) + quantity);
  }
  return JSON.stringify([...quantityOf].sort(([left], [right]) => (left < right ? -1 : 1)));
}
