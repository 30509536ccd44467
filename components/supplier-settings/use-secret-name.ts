"use client";

import { useTranslations } from "next-intl";

const known = ["apiKey", "apiSecret", "secretKey", "webhookSecret"] as const;

/**
 * What a secret is called; one that isn't known here by its own name.
 * @param place alone or first, or within a sentence
 */
export function useSecretName(
  place: "secretName" | "secretWithin" = "secretName",
): (name: string) => string {
  // i18n-use: supplierSettings.secretName.*
  // i18n-use: supplierSettings.secretWithin.*
  const t = useTranslations(`supplierSettings.${place}`);
  return (name) => {
    const found = known.find((one) => one === name);
    return found ? t(found) : name;
  };
}
