"use client";

import { useLocale } from "next-intl";
import { currencyDigits, formatDecimalText } from "#components/ui/decimal-text.ts";

/** An amount with its currency as plain text, for buttons and sentences. */
export function useMoneyText(): (amount: string, currency: string) => string {
  const locale = useLocale();
  return (amount, currency) => {
    const digits = { minimum: currencyDigits(currency), maximum: 4 };
    return `${formatDecimalText(amount, locale, digits)} ${currency}`;
  };
}
