import { useTranslations } from "next-intl";
import { spentHref } from "#components/overview/links.ts";
import { Money } from "#components/ui/money.tsx";
import { Stat } from "#components/ui/stat.tsx";
import type { Spend, TodaysSpend } from "#lib/overview/types.ts";

/** What was paid for today, a figure a currency. */
export function SpendStats({ spend }: { spend: TodaysSpend }) {
  const t = useTranslations("overview.spend");
  if (spend.of.length === 0) {
    return (
      <Stat label={t("today")} value={<span className="text-ink-3">–</span>} hint={t("none")} />
    );
  }
  return spend.of.map((one) => <SpendStat key={one.currency} spend={one} since={spend.since} />);
}

function SpendStat({
  spend: { currency, amount, orders, lost },
  since,
}: {
  spend: Spend;
  since: string;
}) {
  const t = useTranslations("overview.spend");
  return (
    <Stat
      label={t("today")}
      value={<Money amount={amount} currency={currency} />}
      hint={
        <>
          {t("orders", { count: orders })}
          {lost !== "0" && (
            <>
              {", "}
              {t.rich("lost", {
                amount: () => <Money amount={lost} currency={currency} />,
              })}
            </>
          )}
        </>
      }
      href={spentHref(currency, since)}
    />
  );
}
