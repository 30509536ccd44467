import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentActor, requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { DeliveryRoom } from "#components/deliveries/delivery-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { type DeliveryDetail, readDelivery } from "#lib/deliveries/read-delivery.ts";

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page; null when there is no such delivery, or no right to see it. */
const deliveryOf = cache(async (id: string): Promise<DeliveryDetail | null> => {
  const actor = await currentActor();
  if (!actor || !can(actor, "deliveries.read")) return null;
  return readDelivery(await runtime(), actor, id);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const delivery = await deliveryOf((await params).id);
  if (!delivery) return { title: (await getTranslations("deliveries"))("title") };
  const t = await getTranslations("deliveryActs.page");
  return { title: t("title", { event: delivery.event.type, id: shortId(delivery.id) }) };
}

export default async function DeliveryPage({ params }: Props) {
  const { id } = await params;
  const actor = await requireActor(`/deliveries/${encodeURIComponent(id)}`);
  if (!can(actor, "deliveries.read")) {
    const t = await getTranslations("deliveries");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const delivery = await deliveryOf(id);
  if (!delivery) notFound();
  return (
    <ClientMessages of={["deliveries", "deliveryActs"]}>
      <DeliveryRoom key={delivery.id} initial={delivery} />
    </ClientMessages>
  );
}
