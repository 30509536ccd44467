import { useTranslations } from "next-intl";
import { TH, THead } from "#components/ui/table.tsx";

/** The columns of `OrderRowCells`. */
export function OrdersHead({ brief = false }: { brief?: boolean }) {
  const t = useTranslations("orders.table");
  return (
    <THead>
      <TH>{t("status")}</TH>
      <TH grow>{t("product")}</TH>
      <TH align="end">{t("quantity")}</TH>
      <TH align="end">{t("codes")}</TH>
      <TH align="end">{t("total")}</TH>
      {!brief && <TH from="xl">{t("customerRef")}</TH>}
      <TH align="end">{t("age")}</TH>
      {!brief && <TH from="lg">{t("lastLooked")}</TH>}
      {!brief && <TH from="wide">{t("placedBy")}</TH>}
    </THead>
  );
}
