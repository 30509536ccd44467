import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { readQueue } from "#app/_server/read-queue.ts";
import { runtime } from "#app/_server/runtime.ts";
import { alertHref, queueQueryOf, readQueueAddress } from "#components/alerts/queue-filter.ts";
import { QueueRoom } from "#components/alerts/queue-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { countAlerts } from "#lib/alerts/count-alerts.ts";
import { readAlert } from "#lib/alerts/read-alert.ts";

export type Search = Promise<Record<string, string | string[] | undefined>>;

/** The queue, with an alert open beside it: the one that is named, else the first. */
export async function AlertsDoor({ id, search }: { id: string | null; search: Search }) {
  const given = Object.entries(await search).flatMap(([name, value]) => {
    const [first] = [value ?? []].flat();
    return first === undefined ? [] : [[name, first] as [string, string]];
  });
  const query = queueQueryOf(readQueueAddress(new URLSearchParams(given)));
  const actor = await requireActor(alertHref(id, query));
  if (!can(actor, "alerts.read")) {
    const t = await getTranslations("alerts");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const ctx = await runtime();
  const [page, counts] = await Promise.all([
    readQueue(ctx, actor, new URLSearchParams(query)),
    countAlerts(ctx, actor),
  ]);
  const openId = id ?? page.rows[0]?.id ?? null;
  const view = openId ? await readAlert(ctx, actor, openId) : null;
  return (
    <ClientMessages
      of={[
        "alerts",
        "orders",
        "reconcile",
        "codes",
        "deliveries",
        "deliveryActs",
        "reveal",
        "inventory",
        "codeParts",
        "dossier",
        "balance",
      ]}
    >
      <QueueRoom
        initial={page}
        initialQuery={query}
        initialCounts={{ ...counts, readAt: page.readAt }}
        initialView={view}
        me={actor.id}
        mayAct={can(actor, "alerts.act")}
      />
    </ClientMessages>
  );
}
