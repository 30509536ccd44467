"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Failure } from "#components/orders/failure.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Of whose words the sentences are: each knows what its things are called, and what to check. */
export type ActWords =
  | "balance"
  | "dossier"
  | "escalation"
  | "inventory"
  | "deliveryActs"
  | "endpoints"
  | "alerts"
  | "runbooks"
  | "supplierSettings"
  | "people"
  | "apiKeys"
  | "inbox"
  | "audit";

/** Why something that was asked for did not happen, and what to do; read out when it appears. */
export function ActProblem({ failure, words }: { failure: Failure; words: ActWords }) {
  // i18n-use: inventory.failure.*
  // i18n-use: deliveryActs.failure.*
  // i18n-use: dossier.failure.*
  // i18n-use: endpoints.failure.*
  // i18n-use: escalation.failure.*
  // i18n-use: alerts.failure.*
  // i18n-use: balance.failure.*
  // i18n-use: runbooks.failure.*
  // i18n-use: supplierSettings.failure.*
  // i18n-use: people.failure.*
  // i18n-use: apiKeys.failure.*
  // i18n-use: inbox.failure.*
  // i18n-use: audit.failure.*
  const t = useTranslations(`${words}.failure`);
  const pathname = usePathname();
  const { code } = failure;
  // Only for these has the log more to tell.
  const reference = code === "internal" || code === "forbidden" ? failure.reference : null;
  return (
    <Notice tone="look" live reference={reference}>
      {t(`code.${code}`)}{" "}
      {code === "unauthenticated" && (
        <Link tone="prose" href={`/login?next=${encodeURIComponent(pathname)}`}>
          {t("signIn")}
        </Link>
      )}
    </Notice>
  );
}
