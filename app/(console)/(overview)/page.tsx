import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { overview } from "#app/_server/overview.ts";
import { runtime } from "#app/_server/runtime.ts";
import type { AlertTitles } from "#components/overview/alert-section.tsx";
import { isQuiet } from "#components/overview/is-quiet.ts";
import { OverviewRoom } from "#components/overview/overview-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { ALERT_KINDS, type AlertKind } from "#lib/alerts/alert-policy.ts";
import { listOrders } from "#lib/orders/read-orders.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

export default async function OverviewDoor() {
  const actor = await requireActor("/");
  if (!can(actor, "orders.read")) {
    const t = await getTranslations("overview");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const ctx = await runtime();
  const [view, titles] = await Promise.all([overview(ctx, actor), alertTitles()]);
  // A quiet overview may still have old or mock orders behind it.
  const firstDay = isQuiet(view) && (await listOrders(ctx, actor, {})).rows.length === 0;
  return (
    <ClientMessages of={["overview", "orders"]}>
      <OverviewRoom
        initial={view}
        firstDay={firstDay}
        titles={titles}
        mayPlace={can(actor, "orders.place")}
      />
    </ClientMessages>
  );
}

async function alertTitles(): Promise<AlertTitles> {
  const t = await getTranslations("alerts.kind");
  const kinds = Object.keys(ALERT_KINDS) as AlertKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, t(`${kind}.title`)])) as AlertTitles;
}
