import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { queryOf, readFilter } from "#components/orders/list-filter.ts";
import { OrdersRoom } from "#components/orders/orders-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { parseOrderFilter } from "#lib/orders/order-filter.ts";
import { listOrders } from "#lib/orders/read-orders.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("orders.list"))("title") };
}

export default async function OrdersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const one = (name: string) => [params[name] ?? null].flat()[0] ?? null;
  const query = queryOf(
    readFilter({
      status: one("status"),
      attention: one("attention"),
      retrying: one("retrying"),
      overdue: one("overdue"),
      finishedSince: one("finishedSince"),
      paidSince: one("paidSince"),
      currency: one("currency"),
      mock: one("mock"),
      search: one("search"),
      after: one("after"),
    }),
  );
  const actor = await requireActor(`/orders${query && `?${query}`}`);
  const t = await getTranslations("orders.list");
  if (!can(actor, "orders.read")) {
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const page = await listOrders(
    await runtime(),
    actor,
    parseOrderFilter(new URLSearchParams(query)),
  );
  return (
    <ClientMessages of={["orders"]}>
      <OrdersRoom initial={page} initialQuery={query} mayPlace={can(actor, "orders.place")} />
    </ClientMessages>
  );
}
