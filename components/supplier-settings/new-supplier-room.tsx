"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { addSupplierAction } from "#app/(console)/settings/suppliers/actions.ts";
import { KindChoice } from "#components/supplier-settings/kind-choice.tsx";
import type { FormKind } from "#components/supplier-settings/kind-fields.ts";
import { emptyDraft, toKind } from "#components/supplier-settings/supplier-draft.ts";
import { SupplierForm } from "#components/supplier-settings/supplier-form.tsx";
import { useSupplierForm } from "#components/supplier-settings/use-supplier-form.ts";
import { PageHeader } from "#components/ui/page-header.tsx";

const loadMadeDialog = async () => ({
  default: (await import("#components/supplier-settings/made-dialog.tsx")).MadeDialog,
});
const MadeDialog = lazy(loadMadeDialog);

/** A new account: which kind, and what that needs. */
export function NewSupplierRoom({ kind, consoleUrl }: { kind: FormKind; consoleUrl: string }) {
  const t = useTranslations("supplierSettings.new");
  const router = useRouter();
  const [made, setMade] = useState<{ slug: string; secrets: Record<string, string> } | null>(null);
  const leave = (slug: string) => router.push(`/settings/suppliers/${slug}`);
  const urlOf = (slug: string) =>
    new URL(`/api/webhooks/${encodeURIComponent(slug)}`, consoleUrl).href;
  const form = useSupplierForm({
    initial: emptyDraft(kind),
    id: null,
    save: addSupplierAction,
    onSaved: (added) => {
      if (added.kind !== "added") return;
      if (Object.keys(added.made).length === 0) leave(added.slug);
      else setMade({ slug: added.slug, secrets: added.made });
    },
  });
  const { draft, change } = form;
  // At hand when it is needed: the secret is told this once, whatever becomes of the connection then.
  useEffect(() => void loadMadeDialog(), []);
  function choose(next: FormKind) {
    change(toKind(draft, next));
    window.history.replaceState(null, "", `?kind=${next}`);
  }
  return (
    <>
      <PageHeader title={t("title")} />
      <SupplierForm
        form={form}
        isNew
        verb={t("verb")}
        backHref="/settings/suppliers"
        webhookUrl={draft.slug.trim() === "" ? null : urlOf(draft.slug.trim())}
        top={<KindChoice value={draft.kind} onChange={choose} />}
      />
      <Suspense>
        {made && (
          <MadeDialog
            made={made.secrets}
            webhookUrl={urlOf(made.slug)}
            onKept={() => leave(made.slug)}
          />
        )}
      </Suspense>
    </>
  );
}
