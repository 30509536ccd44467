import type { OrderProblem } from "#lib/orders/new-order.ts";
import { MOST_UNITS } from "#lib/orders/new-order-limits.ts";
import { readNote } from "#lib/orders/note-problems.ts";
import { type Draft, type DraftLine, draftCurrency, readQuantity } from "./draft.ts";

/** What `placeOrder` would find, and what it never gets to see. */
export type FormProblem = OrderProblem | { kind: "no_lines" } | { kind: "not_whole"; line: number };

/**
 * The checks of `placeOrder` that need no server, so that nobody waits for them. The server's word
 * is the one that counts.
 */
export function checkDraft(draft: Draft): FormProblem[] {
  if (draft.lines.length === 0) return [{ kind: "no_lines" }];
  const currency = draftCurrency(draft);
  const mixed = draft.lines.some(({ product }) => product.currency !== currency);
  return [
    ...(mixed ? [{ kind: "mixed_suppliers" } as const] : []),
    ...draft.lines.flatMap((line, index) => checkLine(line, index)),
  ];
}

function checkLine({ product, quantity, note }: DraftLine, line: number): FormProblem[] {
  const { problems } = readNote(product.noteFields, note);
  return [
    ...(product.gone ? [{ kind: "product_gone", line } as const] : []),
    ...checkQuantity(product, readQuantity(quantity), line),
    ...problems.map((problem) => ({ kind: "note" as const, line, ...problem })),
  ];
}

function checkQuantity(
  product: DraftLine["product"],
  quantity: number | null,
  line: number,
): FormProblem[] {
  const { minQuantity, maxQuantity, stock } = product;
  const minimum = Math.max(1, minQuantity);
  const maximum = Math.min(maxQuantity ?? MOST_UNITS, MOST_UNITS);
  if (stock === 0) return [{ kind: "out_of_stock", line, stock }];
  if (quantity === null) return [{ kind: "not_whole", line }];
  if (quantity < minimum) return [{ kind: "below_minimum", line, minimum }];
  if (quantity > maximum) return [{ kind: "above_maximum", line, maximum }];
  return stock !== null && quantity > stock ? [{ kind: "out_of_stock", line, stock }] : [];
}

export type LineProblems = {
  /** Concerns the product or its quantity: both are told at the quantity. */
  quantity: FormProblem | null;
  note: ReadonlyMap<string, FormProblem>;
};

/** The problems of one line, by the field at which they are told; the first of each counts. */
export function problemsOfLine(problems: readonly FormProblem[], line: number): LineProblems {
  const here = problems.filter((problem) => "line" in problem && problem.line === line);
  const note = new Map<string, FormProblem>();
  for (const problem of here) {
    if (problem.kind === "note" && !note.has(problem.field)) note.set(problem.field, problem);
  }
  return { quantity: here.find(({ kind }) => kind !== "note") ?? null, note };
}

/** Problems that belong to no single line. */
export const generalProblems = (problems: readonly FormProblem[]): FormProblem[] =>
  problems.filter((problem) => !("line" in problem));
