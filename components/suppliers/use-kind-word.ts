"use client";

import { useTranslations } from "next-intl";

const known = [
  "look",
  "order",
  "sweep",
  "create",
  "pay",
  "list",
  "balances",
  "product",
  "products",
  "categories",
] as const;

/** What a kind of call is for, in the reader's language; one that isn't known by its own name. */
export function useKindWord(): (what: string) => string {
  // i18n-use: suppliers.what.*
  const t = useTranslations("suppliers.what");
  return (what) => {
    const kind = known.find((one) => one === what);
    return kind ? t(kind) : what;
  };
}
