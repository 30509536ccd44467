"use client";

import { useTranslations } from "next-intl";
import type { NoteProblem } from "#lib/orders/note-problems.ts";
import type { FormProblem } from "./check-draft.ts";
import { useMoneyText } from "./use-money-text.ts";

/** What is wrong and what to do, in a sentence. */
export function useProblemText(): (problem: FormProblem) => string {
  const t = useTranslations("newOrder");
  const money = useMoneyText();
  return (problem) => {
    switch (problem.kind) {
      case "no_lines":
      case "no_supplier":
      case "mixed_suppliers":
      case "not_whole":
      case "unknown_product":
      case "product_gone":
        return t(`problem.${problem.kind}`);
      case "malformed":
        return t("problem.malformed", { path: problem.path });
      case "out_of_stock":
        return t("problem.out_of_stock", { stock: problem.stock });
      case "below_minimum":
        return t("problem.below_minimum", { minimum: problem.minimum });
      case "above_maximum":
        return t("problem.above_maximum", { maximum: problem.maximum });
      case "price_changed":
        return t("problem.price_changed", { total: money(problem.total, problem.currency) });
      case "note":
        return t(`problem.note.${noteKey(problem.problem)}`);
    }
  };
}

const NOTE_KEYS: Record<NoteProblem["problem"], true> = {
  required: true,
  too_long: true,
  not_a_number: true,
  not_whole: true,
  not_an_email: true,
  not_an_option: true,
};

/** Through the door it is only text. */
function noteKey(problem: string): NoteProblem["problem"] | "other" {
  return Object.hasOwn(NOTE_KEYS, problem) ? (problem as NoteProblem["problem"]) : "other";
}
