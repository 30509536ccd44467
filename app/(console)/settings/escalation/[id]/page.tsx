import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { PolicyRoom } from "#components/escalation/policy-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readPolicies } from "#lib/alerts/policies/read-policies.ts";
import { readRecipients } from "#lib/alerts/policies/read-recipients.ts";
import { kindTitles } from "../kind-titles.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("escalation.form"))("edit") };
}

export default async function EditPolicyPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const actor = await requireActor(`/settings/escalation/${encodeURIComponent(id)}`);
  if (!can(actor, "alerts.configure")) {
    const t = await getTranslations("escalation");
    return <MissingRight permission="alerts.configure">{t("whoConfigures")}</MissingRight>;
  }
  const ctx = await runtime();
  const { rows } = await readPolicies(ctx, actor);
  const policy = rows.find((row) => row.id === id);
  if (!policy) notFound();
  return (
    <ClientMessages of={["escalation"]}>
      <PolicyRoom
        key={policy.version}
        policy={policy}
        recipients={await readRecipients(ctx, actor)}
        kindTitles={await kindTitles()}
      />
    </ClientMessages>
  );
}
