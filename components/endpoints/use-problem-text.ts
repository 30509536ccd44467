"use client";

import { useTranslations } from "next-intl";

const CODES = [
  "required",
  "too_long",
  "too_many",
  "characters",
  "taken",
  "number",
  "port",
  "host",
  "url",
  "queue_url",
  "region",
  "email",
  "certificate",
  "password_in_the_open",
  "chat_id",
  "token",
  "header_name",
  "header_reserved",
  "header_twice",
  "signing_secret",
  "colon",
  "give_again",
  "malformed",
  "scheme",
  "userinfo",
  "fragment",
  "local_name",
  "not_public",
  "unresolved",
  "plan",
] as const;

/** What is wrong with a field, in a sentence. */
export function useProblemText(): (code: string) => string {
  // i18n-use: endpoints.problem.*
  const t = useTranslations("endpoints.problem");
  return (code) => {
    const known = CODES.find((one) => one === code);
    return t(known ?? "wrong");
  };
}
