"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Money } from "#components/ui/money.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { TriedConnection } from "#lib/suppliers/room-types.ts";

/** What came of one harmless call; `isUnsaved` where it kept something from being saved. */
export function TriedNotice({
  tried,
  isUnsaved = false,
}: {
  tried: TriedConnection;
  isUnsaved?: boolean;
}) {
  const t = useTranslations("supplierSettings.tried");
  const format = useFormatter();
  const unsaved = isUnsaved && <p>{t("unsaved")}</p>;
  switch (tried.kind) {
    case "answered":
      return (
        <Notice tone="done" live title={t("answered")}>
          <p>{t("took", { ms: format.number(tried.tookMs, "count") })}</p>
          {tried.balances.length > 0 && (
            <ul className="flex flex-wrap gap-x-4">
              {tried.balances.map(({ currency, available }) => (
                <li key={currency}>
                  <Money amount={available} currency={currency} />
                </li>
              ))}
            </ul>
          )}
          {unsaved}
        </Notice>
      );
    case "untried":
      return (
        <Notice tone="info" live title={t("untried")}>
          {t("untriedBody")}
          {unsaved}
        </Notice>
      );
    case "refused":
      return (
        <Notice tone="risk" live title={t(`refused.${refusalWord(tried.class)}`)}>
          <q className="wrap-anywhere">{tried.detail}</q>
          {unsaved}
        </Notice>
      );
    case "unreachable":
      return (
        <Notice tone="risk" live title={t("unreachable")}>
          <q className="wrap-anywhere">{tried.why}</q>
          {unsaved}
        </Notice>
      );
  }
}

/** What a refused question says of the account: of an order's troubles it can't speak. */
function refusalWord(refusal: (TriedConnection & { kind: "refused" })["class"]) {
  if (refusal === "auth" || refusal === "rate_limited" || refusal === "not_found") return refusal;
  return "other";
}
