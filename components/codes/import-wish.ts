import type { Wish } from "#components/codes/use-import-run.ts";
import type { StockProductOption } from "#lib/codes/find-stock-products.ts";

/** What is asked about the codes, as typed. */
export type Target = {
  isNew: boolean;
  product: StockProductOption | null;
  name: string;
  region: string;
  cost: string;
  currency: string;
  source: string;
};

export type TargetProblem = "product" | "name" | "cost" | "currency" | "source";

const COST = /^\d{1,12}(\.\d{1,4})?$/;
const CURRENCY = /^[A-Z]{3,5}$/;

/** What is still to be said before an import can begin. */
export function targetProblems(target: Target): TargetProblem[] {
  const problems: TargetProblem[] = [];
  if (target.isNew ? target.name.trim() === "" : !target.product) {
    problems.push(target.isNew ? "name" : "product");
  }
  const cost = target.cost.trim();
  if (cost !== "" && !COST.test(cost)) problems.push("cost");
  if (cost !== "" && !CURRENCY.test(target.currency.trim())) problems.push("currency");
  if (target.source.trim() === "") problems.push("source");
  return problems;
}

/** Of a target without problems. */
export function wishOf(target: Target): Wish {
  const cost = target.cost.trim();
  const name = target.name.trim();
  return {
    product:
      target.isNew || !target.product
        ? { name, region: target.region.trim() || null }
        : { id: target.product.id },
    source: target.source.trim(),
    cost: cost || null,
    currency: cost ? target.currency.trim() : null,
  };
}
