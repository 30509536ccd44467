import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { accountView } from "#app/_server/account-view.ts";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { LimitsRoom } from "#components/supplier-settings/limits-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("supplierSettings.limits");
  return { title: t("page") };
}

export default async function SupplierLimitsPage({
  params,
}: {
  params: Promise<{ slug: string }>;
}) {
  const { slug } = await params;
  const actor = await requireActor(`/settings/suppliers/${encodeURIComponent(slug)}/limits`);
  if (!can(actor, "suppliers.manage")) {
    const t = await getTranslations("supplierSettings");
    return (
      <MissingRight permission="suppliers.manage" title={t("limits.noRight")}>
        {t("whoAdds")}
      </MissingRight>
    );
  }
  const account = await accountView(await runtime(), actor, slug);
  if (!account) notFound();
  return (
    <ClientMessages of={["supplierSettings", "reveal"]}>
      <LimitsRoom account={account} />
    </ClientMessages>
  );
}
