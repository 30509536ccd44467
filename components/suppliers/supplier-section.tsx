"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { CallsTable } from "#components/suppliers/calls-table.tsx";
import { Figures } from "#components/suppliers/figures.tsx";
import { Looking, ModeBadge } from "#components/suppliers/looking.tsx";
import { Part } from "#components/suppliers/part.tsx";
import { SupplierHealth } from "#components/suppliers/supplier-health.tsx";
import { SupplierSettings } from "#components/suppliers/supplier-settings.tsx";
import type { SupplierView } from "#components/suppliers/suppliers-view.ts";

/** Everything about one account. */
export function SupplierSection({ supplier }: { supplier: SupplierView }) {
  const t = useTranslations("suppliers");
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-line">
      <SupplierHealth supplier={supplier} id={id} />
      <Figures supplier={supplier} />
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <Part title={t("calls.title")} flush>
          <CallsTable calls={supplier.budget.calls} />
        </Part>
        <div className="border-line xl:border-l">
          <Part title={t("looking.title")} aside={<ModeBadge mode={supplier.plan.mode} />}>
            <Looking plan={supplier.plan} />
          </Part>
          <Part title={t("settings.title")}>
            <SupplierSettings supplier={supplier} />
          </Part>
        </div>
      </div>
    </section>
  );
}
