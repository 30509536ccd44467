"use client";

import { useTranslations } from "next-intl";

const CODES = [
  "required",
  "too_long",
  "too_short",
  "too_many",
  "characters",
  "taken",
  "slug",
  "number",
  "url",
  "scheme",
  "userinfo",
  "fragment",
  "port",
  "local_name",
  "not_public",
  "unresolved",
  "pairs",
  "rows",
  "orders_unreadable",
  "body_not_signed",
  "reference_not_sent",
  "public_key",
  "not_secret",
  "give_again",
  "locked",
  "from_environment",
] as const;

/** What is wrong with a field, in a sentence. */
export function useProblemText(): (code: string) => string {
  // i18n-use: supplierSettings.problem.*
  const t = useTranslations("supplierSettings.problem");
  return (code) => t(CODES.find((one) => one === code) ?? "wrong");
}
