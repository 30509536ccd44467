"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { editSupplierAction } from "#app/(console)/settings/suppliers/actions.ts";
import { type FormKind, formKinds } from "#components/supplier-settings/kind-fields.ts";
import { draftOf } from "#components/supplier-settings/supplier-draft.ts";
import { SupplierForm } from "#components/supplier-settings/supplier-form.tsx";
import { useKindName } from "#components/supplier-settings/use-kind-name.ts";
import { useSupplierForm } from "#components/supplier-settings/use-supplier-form.ts";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { SupplierDetail } from "#lib/suppliers/room-types.ts";

/** What an account is configured by, to be changed. Its secrets are replaced on its page. */
export function EditSupplierRoom({ account }: { account: SupplierDetail }) {
  const t = useTranslations("supplierSettings.edit");
  const kindName = useKindName();
  const kind = formKinds.find((one) => one === account.kind);
  return (
    <>
      <PageHeader title={t("title", { name: account.name })} meta={kindName(account.kind)} />
      {kind ? (
        <EditForm account={account} kind={kind} />
      ) : (
        <div className="px-gutter">
          <Notice tone="look">{t("unknownKind")}</Notice>
        </div>
      )}
    </>
  );
}

function EditForm({ account, kind }: { account: SupplierDetail; kind: FormKind }) {
  const t = useTranslations("supplierSettings.edit");
  const router = useRouter();
  const { id, slug, name, revision, config } = account;
  const backHref = `/settings/suppliers/${slug}`;
  const form = useSupplierForm({
    initial: draftOf(kind, { name, slug, config: config ?? {} }),
    id,
    save: (input) =>
      editSupplierAction({
        id,
        revision,
        name: input.name,
        config: input.config,
        secrets: input.secrets,
      }),
    onSaved: () => {
      router.push(backHref);
      router.refresh();
    },
  });
  return (
    <SupplierForm
      form={form}
      isNew={false}
      verb={t("verb")}
      backHref={backHref}
      webhookUrl={null}
    />
  );
}
