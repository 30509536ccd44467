import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { DeliveriesRoom } from "#components/deliveries/deliveries-room.tsx";
import {
  deliveryFilterNames,
  deliveryQueryOf,
  type RawDeliveryFilter,
  readDeliveryFilter,
} from "#components/deliveries/delivery-list-filter.ts";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { parseDeliveryFilter } from "#lib/deliveries/delivery-filter.ts";
import { listDeliveries } from "#lib/deliveries/read-deliveries.ts";
import { listJobs } from "#lib/deliveries/read-jobs.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("deliveries"))("title") };
}

export default async function DeliveriesDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const raw = deliveryFilterNames.map((name) => [name, [params[name] ?? null].flat()[0] ?? null]);
  const query = deliveryQueryOf(readDeliveryFilter(Object.fromEntries(raw) as RawDeliveryFilter));
  const actor = await requireActor(`/deliveries${query && `?${query}`}`);
  if (!can(actor, "deliveries.read")) {
    const t = await getTranslations("deliveries");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const ctx = await runtime();
  const [page, jobs] = await Promise.all([
    listDeliveries(ctx, actor, parseDeliveryFilter(new URLSearchParams(query))),
    listJobs(ctx, actor),
  ]);
  return (
    <ClientMessages of={["deliveries", "deliveryActs"]}>
      <DeliveriesRoom initial={page} initialQuery={query} initialJobs={jobs} />
    </ClientMessages>
  );
}
