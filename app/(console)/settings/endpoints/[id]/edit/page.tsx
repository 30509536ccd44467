import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { productNames } from "#app/_server/product-names.ts";
import { runtime } from "#app/_server/runtime.ts";
import { EditEndpointRoom } from "#components/endpoints/edit-endpoint-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { DEFAULT_RETRY_PLAN_MS } from "#lib/deliveries/delivery-schedule.ts";
import { readEndpoint } from "#lib/deliveries/read-endpoint.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("endpoints.edit");
  return { title: t("page") };
}

export default async function EditEndpointPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const actor = await requireActor(`/settings/endpoints/${encodeURIComponent(id)}/edit`);
  const t = await getTranslations("endpoints");
  if (!can(actor, "endpoints.manage")) {
    return (
      <MissingRight permission="endpoints.manage" title={t("edit.noRight")}>
        {t("whoAdds")}
      </MissingRight>
    );
  }
  const ctx = await runtime();
  const endpoint = await readEndpoint(ctx, actor, id);
  if (!endpoint?.settings) notFound();
  return (
    <ClientMessages of={["endpoints", "reveal"]}>
      <EditEndpointRoom
        key={endpoint.version}
        endpoint={endpoint}
        products={await productNames(ctx, actor, endpoint.productIds)}
        usualPlan={DEFAULT_RETRY_PLAN_MS}
      />
    </ClientMessages>
  );
}
