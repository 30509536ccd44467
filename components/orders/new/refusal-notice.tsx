"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { compareAmounts } from "#lib/platform/money.ts";
import { type Draft, draftCurrency, draftTotal } from "./draft.ts";
import { refusalClass } from "./refusal.ts";
import { useMoneyText } from "./use-money-text.ts";
import type { Trouble } from "./use-placing.ts";
import { SupplierWords } from "./waiting-words.tsx";

/** The supplier said no: what it means, what to do, and its own words. */
export function RefusalNotice({
  trouble,
  draft,
}: {
  trouble: Extract<Trouble, { kind: "refused" }>;
  draft: Draft;
}) {
  const t = useTranslations("newOrder.refusal");
  const money = useMoneyText();
  const { rejection, orderId, totalBefore } = trouble;
  const kind = refusalClass(rejection.class);
  const total = draftTotal(draft);
  const currency = draftCurrency(draft) ?? "";
  const moved = total !== null && compareAmounts(total, totalBefore) !== 0;
  const words =
    kind === "price_changed" && moved
      ? t("priceMoved", { before: money(totalBefore, currency), after: money(total, currency) })
      : t(`class.${kind}`);
  return (
    <Notice tone={kind === "price_changed" ? "look" : "risk"} title={t("title")} live>
      <p>{words}</p>
      {rejection.detail !== "" && <SupplierWords text={rejection.detail} />}
      <p className="mt-1 text-xs">
        <Link href={`/orders/${orderId}`} tone="prose">
          {t("open")}
        </Link>
      </p>
    </Notice>
  );
}
