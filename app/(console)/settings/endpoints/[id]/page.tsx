import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentActor, requireActor } from "#app/_server/current-actor.ts";
import { productNames } from "#app/_server/product-names.ts";
import { receiverSamples } from "#app/_server/receiver-samples.ts";
import { runtime } from "#app/_server/runtime.ts";
import { EndpointRoom } from "#components/endpoints/endpoint-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { DEFAULT_RETRY_PLAN_MS } from "#lib/deliveries/delivery-schedule.ts";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";
import { readEndpoint } from "#lib/deliveries/read-endpoint.ts";
import { readEndpointHealth } from "#lib/deliveries/read-endpoint-health.ts";

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page; null when there is no such endpoint, or no right to see it. */
const endpointOf = cache(async (id: string): Promise<EndpointDetail | null> => {
  const actor = await currentActor();
  if (!actor || !can(actor, "deliveries.read")) return null;
  return readEndpoint(await runtime(), actor, id);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const endpoint = await endpointOf((await params).id);
  return { title: endpoint?.name ?? (await getTranslations("endpoints"))("title") };
}

export default async function EndpointPage({ params }: Props) {
  const { id } = await params;
  const actor = await requireActor(`/settings/endpoints/${encodeURIComponent(id)}`);
  if (!can(actor, "deliveries.read")) {
    const t = await getTranslations("endpoints");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const ctx = await runtime();
  const endpoint = await endpointOf(id);
  if (!endpoint) notFound();
  const [health, products, samples] = await Promise.all([
    readEndpointHealth(ctx, actor, id, "24h"),
    productNames(ctx, actor, endpoint.productIds),
    endpoint.channel === "webhook" ? receiverSamples() : [],
  ]);
  if (!health) notFound();
  return (
    <ClientMessages of={["endpoints", "reveal"]}>
      <EndpointRoom
        key={endpoint.id}
        initial={endpoint}
        initialHealth={health}
        products={products}
        samples={samples}
        usualPlan={DEFAULT_RETRY_PLAN_MS}
      />
    </ClientMessages>
  );
}
