import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { PoliciesRoom } from "#components/escalation/policies-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readPolicies } from "#lib/alerts/policies/read-policies.ts";
import { kindTitles } from "./kind-titles.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("escalation"))("title") };
}

/** Who is told when nobody takes an alert. */
export default async function EscalationDoor() {
  const actor = await requireActor("/settings/escalation");
  if (!can(actor, "alerts.read")) {
    const t = await getTranslations("escalation");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["escalation"]}>
      <PoliciesRoom
        initial={await readPolicies(await runtime(), actor)}
        kindTitles={await kindTitles()}
      />
    </ClientMessages>
  );
}
