"use client";

import { clsx } from "clsx";
import { Coins, Store, Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type FormKind, formKinds } from "#components/supplier-settings/kind-fields.ts";

const icons: Record<FormKind, ReactNode> = {
  signed_webhook: <Webhook aria-hidden />,
  foxreload: <Store aria-hidden />,
  ozzobit: <Coins aria-hidden />,
};

/** Which supplier it is: radios that look like what they lead to. */
export function KindChoice({
  value,
  onChange,
}: {
  value: FormKind;
  onChange: (kind: FormKind) => void;
}) {
  const t = useTranslations("supplierSettings");
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("new.kind")}</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {formKinds.map((kind) => (
          <label
            key={kind}
            className={clsx(
              "relative grid content-start gap-1 rounded-md border px-3 py-2.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent",
              kind === value
                ? "border-accent bg-accent-soft"
                : "border-line-strong hover:border-control hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={kind === value}
              onChange={() => onChange(kind)}
              className="sr-only"
            />
            <span className="flex items-center gap-2 font-medium [&_.lucide]:size-4">
              <span className={kind === value ? "text-accent" : "text-ink-3"}>{icons[kind]}</span>
              {t(`kind.${kind}.word`)}
            </span>
            <span className="text-xs text-ink-2">{t(`kind.${kind}.hint`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
