"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { Shortfall } from "#lib/orders/new-order.ts";
import { LONGEST_REASON } from "#lib/orders/new-order-limits.ts";
import { useMoneyText } from "./use-money-text.ts";

/** Nothing was ordered, since the balance doesn't reach; who may orders all the same, with a reason. */
export function ShortBalance({
  shortfall,
  reason,
  onReason,
}: {
  shortfall: Shortfall;
  reason: string;
  onReason: (reason: string) => void;
}) {
  const t = useTranslations("newOrder.overBalance");
  const money = useMoneyText();
  const { currency, available, committed, missing, mayOverride } = shortfall;
  return (
    <div className="grid gap-3">
      <Notice tone="risk" live title={t("title", { missing: money(missing, currency) })}>
        {t("body", {
          available: money(available, currency),
          committed: money(committed, currency),
        })}{" "}
        <Link tone="prose" href="/balance">
          {t("open")}
        </Link>
        {!mayOverride && <> {t("whoMay")}</>}
      </Notice>
      {mayOverride && (
        <Field label={t("label")} hint={t("hint")} required>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={LONGEST_REASON}
              value={reason}
              onChange={({ target }) => onReason(target.value)}
            />
          )}
        </Field>
      )}
    </div>
  );
}
