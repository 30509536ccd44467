"use client";

import { useTranslations } from "next-intl";

const known = ["apiKey", "apiSecret", "secretKey", "webhookSecret"] as const;

/** What a secret is called; one that isn't known here by its own name. */
export function useSecretName(): (name: string) => string {
  // i18n-use: supplierSettings.secretName.*
  const t = useTranslations("supplierSettings.secretName");
  return (name) => {
    const found = known.find((one) => one === name);
    return found ? t(found) : name;
  };
}
