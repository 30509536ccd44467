import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { auditView } from "#app/_server/audit-view.ts";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import {
  auditFilterNames,
  auditQueryOf,
  type RawAuditFilter,
  readAuditListFilter,
} from "#components/audit/audit-list-filter.ts";
import { AuditRoom } from "#components/audit/audit-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit"))("title") };
}

export default async function AuditDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const raw = auditFilterNames.map((name) => [name, [params[name] ?? null].flat()[0] ?? null]);
  const query = auditQueryOf(readAuditListFilter(Object.fromEntries(raw) as RawAuditFilter));
  const actor = await requireActor(`/settings/audit${query && `?${query}`}`);
  if (!can(actor, "audit.read")) {
    const t = await getTranslations("audit");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const view = await auditView(await runtime(), actor, new URLSearchParams(query));
  return (
    <ClientMessages of={["audit"]}>
      <AuditRoom initial={view} initialQuery={query} />
    </ClientMessages>
  );
}
