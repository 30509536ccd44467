import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { NewEndpointRoom } from "#components/endpoints/new-endpoint-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { DEFAULT_RETRY_PLAN_MS } from "#lib/deliveries/delivery-schedule.ts";
import { CHANNELS } from "#lib/deliveries/types.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("endpoints"))("new.title") };
}

export default async function NewEndpointPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { channel } = await searchParams;
  const known = CHANNELS.find((kind) => kind === channel);
  const actor = await requireActor(`/settings/endpoints/new${known ? `?channel=${known}` : ""}`);
  const t = await getTranslations("endpoints");
  if (!can(actor, "endpoints.manage")) {
    return (
      <MissingRight permission="endpoints.manage" title={t("new.noRight")}>
        {t("whoAdds")}
      </MissingRight>
    );
  }
  return (
    <ClientMessages of={["endpoints", "reveal"]}>
      <NewEndpointRoom channel={known ?? "webhook"} usualPlan={DEFAULT_RETRY_PLAN_MS} />
    </ClientMessages>
  );
}
