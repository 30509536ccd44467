import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { queryOf, readFilter } from "#components/supplier-orders/list-filter.ts";
import { SupplierOrdersRoom } from "#components/supplier-orders/supplier-orders-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readSupplierOrders } from "#lib/reconcile/read-supplier-orders.ts";
import { parseSupplierOrderFilter } from "#lib/reconcile/supplier-order-filter.ts";

/** Seconds: an action here lists the supplier's orders first and works on an order after its answer. */
export const maxDuration = 90;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supplierOrders"))("title") };
}

export default async function SupplierOrdersDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const one = (name: string) => [params[name] ?? null].flat()[0] ?? null;
  const query = queryOf(
    readFilter({ show: one("show"), search: one("search"), after: one("after") }),
  );
  const actor = await requireActor(`/supplier-orders${query && `?${query}`}`);
  if (!can(actor, "orders.read")) {
    const t = await getTranslations("supplierOrders");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const page = await readSupplierOrders(
    await runtime(),
    actor,
    parseSupplierOrderFilter(new URLSearchParams(query)),
  );
  return (
    <ClientMessages of={["supplierOrders", "reconcile", "orders"]}>
      <SupplierOrdersRoom initial={page} initialQuery={query} />
    </ClientMessages>
  );
}
