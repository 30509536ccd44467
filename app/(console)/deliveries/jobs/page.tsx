import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { JobsRoom } from "#components/deliveries/jobs-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { listJobs } from "#lib/deliveries/read-jobs.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("deliveries.job"))("title") };
}

export default async function JobsDoor() {
  const actor = await requireActor("/deliveries/jobs");
  if (!can(actor, "deliveries.read")) {
    const t = await getTranslations("deliveries");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["deliveries", "deliveryActs"]}>
      <JobsRoom initial={await listJobs(await runtime(), actor)} />
    </ClientMessages>
  );
}
