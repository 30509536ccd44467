import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { EndpointsRoom } from "#components/endpoints/endpoints-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readEndpoints } from "#lib/deliveries/read-endpoints.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("endpoints"))("title") };
}

export default async function EndpointsDoor() {
  const actor = await requireActor("/settings/endpoints");
  if (!can(actor, "deliveries.read")) {
    const t = await getTranslations("endpoints");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["endpoints"]}>
      <EndpointsRoom initial={await readEndpoints(await runtime(), actor)} />
    </ClientMessages>
  );
}
