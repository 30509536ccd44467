"use client";

import { useTranslations } from "next-intl";

/** Why a try was not accepted, in a sentence; a kind that is new here as it is called. */
export function ErrorKindWords({ kind }: { kind: string }) {
  // i18n-use: endpoints.errorKind.*
  const t = useTranslations("endpoints.errorKind");
  const known = errorKinds.find((one) => one === kind);
  return <>{known ? t(known) : kind}</>;
}

const errorKinds = [
  "address_refused",
  "dns",
  "connect",
  "tls",
  "timeout",
  "reset",
  "answer_unreadable",
  "redirected",
  "refused",
  "limited",
  "broken",
  "gone",
  "credentials",
  "misconfigured",
  "payload_unready",
  "interrupted",
] as const;
