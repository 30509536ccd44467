import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { complaintQueryOf, readComplaintFilter } from "#components/codes/complaint-list-filter.ts";
import { ComplaintsRoom } from "#components/codes/complaints-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { parseComplaintFilter, readComplaints } from "#lib/codes/read-complaints.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("codes"))("complaints.title") };
}

export default async function ComplaintsDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const one = (name: string) => [params[name] ?? null].flat()[0] ?? null;
  const query = complaintQueryOf(readComplaintFilter({ show: one("show"), after: one("after") }));
  const actor = await requireActor(`/codes/complaints${query && `?${query}`}`);
  if (!can(actor, "codes.read")) {
    const t = await getTranslations("codes");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const page = await readComplaints(
    await runtime(),
    actor,
    parseComplaintFilter(new URLSearchParams(query)),
  );
  return (
    <ClientMessages of={["codes", "inventory", "reveal"]}>
      <ComplaintsRoom initial={page} initialQuery={query} />
    </ClientMessages>
  );
}
