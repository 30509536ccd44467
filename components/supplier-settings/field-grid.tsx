"use client";

import { KindFieldControl } from "#components/supplier-settings/kind-field.tsx";
import type { KindField } from "#components/supplier-settings/kind-fields.ts";
import type { SupplierForm } from "#components/supplier-settings/use-supplier-form.ts";

/** Fields of one group, two short ones on a line. */
export function FieldGrid({ fields, form }: { fields: readonly KindField[]; form: SupplierForm }) {
  const { draft, change, errorAt } = form;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {fields.map((field) => (
        <div key={field.word} className={field.short ? "min-w-0" : "min-w-0 sm:col-span-2"}>
          <KindFieldControl
            field={field}
            value={draft.texts[field.path] ?? ""}
            error={errorAt(field.path)}
            onValue={(value) =>
              change({ ...draft, texts: { ...draft.texts, [field.path]: value } })
            }
          />
        </div>
      ))}
    </div>
  );
}
