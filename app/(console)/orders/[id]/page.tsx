import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentActor, requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { OrderRoom } from "#components/orders/order-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { type Actor, can } from "#lib/access/actor.ts";
import { type DeliveryPage, listDeliveries } from "#lib/deliveries/read-deliveries.ts";
import { isUuid } from "#lib/platform/ids.ts";
import { readOrderPage } from "#lib/reconcile/read-order-page.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

/** Seconds: what an action here asks the supplier (up to 58 s) goes on after the page has its answer and must not be cut off. */
export const maxDuration = 90;

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page; null when there is no such order, or no right to see it. */
const orderOf = cache(async (id: string): Promise<OrderPageView | null> => {
  const actor = await currentActor();
  if (!actor || !can(actor, "orders.read") || !isUuid(id)) return null;
  return readOrderPage(await runtime(), actor, id);
});

async function toldOf(actor: Actor, order: string): Promise<DeliveryPage | null> {
  if (!can(actor, "deliveries.read") || !isUuid(order)) return null;
  return listDeliveries(await runtime(), actor, { order });
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const order = await orderOf((await params).id);
  const t = await getTranslations("orders");
  if (!order) return { title: t("list.title") };
  return { title: t("order.title", { product: order.productName, id: shortId(order.id) }) };
}

export default async function OrderPage({ params }: Props) {
  const { id } = await params;
  const actor = await requireActor(`/orders/${encodeURIComponent(id)}`);
  if (!can(actor, "orders.read")) {
    const t = await getTranslations("orders.list");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const [order, told] = await Promise.all([orderOf(id), toldOf(actor, id)]);
  if (!order) notFound();
  return (
    <ClientMessages
      of={[
        "orders",
        "reconcile",
        "reveal",
        "codeParts",
        "codes",
        "inventory",
        "deliveries",
        "dossier",
      ]}
    >
      <OrderRoom initial={order} told={told} />
    </ClientMessages>
  );
}
