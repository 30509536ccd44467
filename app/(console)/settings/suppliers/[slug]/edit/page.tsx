import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { EditSupplierRoom } from "#components/supplier-settings/edit-supplier-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readSupplierDetail } from "#lib/suppliers/read-supplier-detail.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("supplierSettings.edit");
  return { title: t("page") };
}

export default async function EditSupplierPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const actor = await requireActor(`/settings/suppliers/${encodeURIComponent(slug)}/edit`);
  if (!can(actor, "suppliers.manage")) {
    const t = await getTranslations("supplierSettings");
    return (
      <MissingRight permission="suppliers.manage" title={t("edit.noRight")}>
        {t("whoAdds")}
      </MissingRight>
    );
  }
  const account = await readSupplierDetail(await runtime(), actor, slug);
  if (!account?.config) notFound();
  return (
    <ClientMessages of={["supplierSettings", "reveal"]}>
      <EditSupplierRoom key={account.revision} account={account} />
    </ClientMessages>
  );
}
