import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { PolicyRoom } from "#components/escalation/policy-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readRecipients } from "#lib/alerts/policies/read-recipients.ts";
import { kindTitles } from "../kind-titles.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("escalation.form"))("new") };
}

export default async function NewPolicyPage() {
  const actor = await requireActor("/settings/escalation/new");
  if (!can(actor, "alerts.configure")) {
    const t = await getTranslations("escalation");
    return <MissingRight permission="alerts.configure">{t("whoConfigures")}</MissingRight>;
  }
  return (
    <ClientMessages of={["escalation"]}>
      <PolicyRoom
        policy={null}
        recipients={await readRecipients(await runtime(), actor)}
        kindTitles={await kindTitles()}
      />
    </ClientMessages>
  );
}
