"use client";

import { Check, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { Definition, DefinitionList } from "#components/ui/definition-list.tsx";
import { Section } from "#components/ui/section.tsx";

const flags = [
  "readsOrders",
  "listsOrders",
  "findsByReference",
  "partial",
  "priceGuard",
  "catalog",
  "inputFields",
  "cancels",
  "socket",
] as const;

/** What its API is like, as its adapter says: what Keyhold does there follows from that. */
export function TraitsSection({ account: { traits, treatment } }: { account: AccountView }) {
  const t = useTranslations("supplierSettings.traits");
  if (!traits) return null;
  const isTrusted = treatment.mode === "create_is_guarded";
  return (
    <Section title={t("title")} description={t("body")}>
      <div className="grid gap-4">
        <DefinitionList columns>
          <Definition term={t("payStep")}>{t(`payStepIs.${traits.payStep}`)}</Definition>
          <Definition term={t("duplicateGuard")}>
            {t(`duplicateGuardIs.${traits.duplicateGuard}`)}
            {traits.duplicateGuard === "reference" && (
              <span className="block text-xs text-ink-2">
                {t(isTrusted ? "trusted" : "untrusted")}
              </span>
            )}
          </Definition>
          <Definition term={t("codes")}>{t(`codesAre.${traits.codes}`)}</Definition>
          <Definition term={t("push")}>{t(`pushIs.${traits.push}`)}</Definition>
          <Definition term={t("testMode")}>{t(`testModeIs.${traits.testMode}`)}</Definition>
          <Definition term={t("balance")}>{t(`balanceIs.${traits.balance}`)}</Definition>
        </DefinitionList>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(15rem,100%),1fr))] gap-x-6 gap-y-1.5">
          {flags.map((flag) => (
            <li key={flag} className="flex items-start gap-2 [&_.lucide]:mt-0.5 [&_.lucide]:size-4">
              {traits[flag] ? (
                <Check aria-hidden className="text-done-solid" />
              ) : (
                <Minus aria-hidden className="text-ink-3" />
              )}
              <span className={traits[flag] ? "" : "text-ink-3"}>
                {t(`flag.${flag}`)}
                <span className="sr-only">: {t(traits[flag] ? "yes" : "no")}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
