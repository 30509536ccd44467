import { clsx } from "clsx";
import { useLocale } from "next-intl";
import { currencyDigits, formatDecimalText } from "#components/ui/decimal-text.ts";

/**
 * An amount with its currency, figures aligned. Put it in a cell with `align="end"` where amounts
 * stack. The currency is a code, not a sign: "$" is a dozen currencies.
 */
export function Money({
  amount,
  currency,
  sign = false,
  strong = false,
  className,
}: {
  /** Decimal text as stored, such as "12.5000"; null shows a dash. */
  amount: string | null;
  currency: string;
  /** A plus before gains, for changes rather than amounts. */
  sign?: boolean;
  strong?: boolean;
  className?: string;
}) {
  const locale = useLocale();
  if (amount === null) return <span className={clsx("text-ink-3", className)}>–</span>;
  const text = formatDecimalText(amount, locale, {
    minimum: currencyDigits(currency),
    maximum: 4,
    sign,
  });
  return (
    <span className={clsx("whitespace-nowrap tabular-nums", strong && "font-semibold", className)}>
      {text} <span className="text-[0.92em] font-normal text-ink-3">{currency}</span>
    </span>
  );
}
