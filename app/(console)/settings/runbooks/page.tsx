import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { RunbooksTable } from "#components/runbooks/runbooks-table.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/actor.ts";
import { readRunbooks } from "#lib/alerts/runbooks/read-runbooks.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("runbooks"))("title") };
}

export default async function RunbooksPage() {
  const actor = await requireActor("/settings/runbooks");
  const t = await getTranslations("runbooks");
  if (!can(actor, "alerts.read")) {
    return <NoRightState heading={1} title={t("title")} whoGrants={t("whoGrants")} />;
  }
  const mayEdit = can(actor, "alerts.configure");
  const { rows } = await readRunbooks(await runtime(), actor);
  return (
    <>
      <PageHeader title={t("title")} meta={mayEdit ? t("intro") : t("introReader")} />
      <RunbooksTable rows={rows} />
    </>
  );
}
