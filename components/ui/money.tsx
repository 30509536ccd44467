import { clsx } from "clsx";
import { useLocale } from "next-intl";
import { currencyDigits, formatDecimalText } from "#components/ui/decimal-text.ts";

/** Prices come with up to four. */
const MOST_DECIMALS = 4;

/**
 * An amount with its currency, figures aligned. Put it in a cell with `align="end"` where amounts
 * stack. The currency is a code, not a sign: "$" is a dozen currencies.
 */
export function Money({
  amount,
  currency,
  sign = false,
  strong = false,
  aligned = false,
  className,
}: {
  /** Decimal text as stored, such as "12.5000"; null shows a dash. */
  amount: string | null;
  currency: string;
  /** A plus before gains, for changes rather than amounts. */
  sign?: boolean;
  strong?: boolean;
  /** Keeps the room of the decimals that it lacks, so that points stand below each other. */
  aligned?: boolean;
  className?: string;
}) {
  const locale = useLocale();
  if (amount === null) return <span className={clsx("text-ink-3", className)}>–</span>;
  const text = formatDecimalText(amount, locale, {
    minimum: currencyDigits(currency),
    maximum: MOST_DECIMALS,
    sign,
  });
  const lacking = aligned ? MOST_DECIMALS - (/[.,](\d+)$/.exec(text)?.[1]?.length ?? 0) : 0;
  return (
    <span className={clsx("whitespace-nowrap tabular-nums", strong && "font-semibold", className)}>
      <span style={lacking > 0 ? { marginInlineEnd: `${lacking}ch` } : undefined}>{text}</span>{" "}
      <span className="text-[0.92em] font-normal text-ink-3">{currency}</span>
    </span>
  );
}
