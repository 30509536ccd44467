import { useTranslations } from "next-intl";
import type { EventAbout } from "#lib/deliveries/read-deliveries.ts";

/** What an event is about: the product and customer of an order, the account of a balance, an alert's kind. */
export function EventAboutWords({ about }: { about: EventAbout }) {
  const t = useTranslations("deliveries");
  const { productName, moreItems, customerRef, key, name, supplier, currency } = about;
  if (productName !== null) {
    return (
      <>
        {productName}
        {moreItems > 0 && ` ${t("more", { count: moreItems })}`}
        {customerRef !== null && <span className="text-ink-3"> · {customerRef}</span>}
      </>
    );
  }
  if (key !== null) return key.replaceAll("_", " ");
  return [name, supplier, currency].filter((part) => part !== null).join(" · ");
}
