import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { EntryRoom } from "#components/audit/entry-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readAuditEntry } from "#lib/audit/read-audit-log.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit.entry");
  return { title: t("title") };
}

export default async function EntryPage({ params }: { params: Promise<{ seq: string }> }) {
  const { seq } = await params;
  const actor = await requireActor(`/settings/audit/${encodeURIComponent(seq)}`);
  if (!can(actor, "audit.read")) {
    const t = await getTranslations("audit");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const entry = await readAuditEntry(await runtime(), actor, seq);
  if (!entry) notFound();
  const may = { people: can(actor, "people.manage"), apiKeys: can(actor, "api_keys.manage") };
  return (
    <ClientMessages of={["audit"]}>
      <EntryRoom entry={entry} may={may} />
    </ClientMessages>
  );
}
