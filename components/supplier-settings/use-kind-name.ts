"use client";

import { useTranslations } from "next-intl";
import { formKinds } from "#components/supplier-settings/kind-fields.ts";

/** What a kind of supplier is called; one that isn't known here by its own name. */
export function useKindName(): (kind: string) => string {
  // i18n-use: supplierSettings.kind.*
  const t = useTranslations("supplierSettings.kind");
  return (kind) => {
    const known = formKinds.find((one) => one === kind);
    return known ? t(`${known}.word`) : kind;
  };
}
