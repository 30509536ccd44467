import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { inboxView } from "#app/_server/inbox-view.ts";
import { runtime } from "#app/_server/runtime.ts";
import {
  inboxFilterNames,
  inboxQueryOf,
  type RawInboxFilter,
  readInboxFilter,
} from "#components/inbox/inbox-list-filter.ts";
import { InboxRoom } from "#components/inbox/inbox-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("inbox"))("title") };
}

export default async function InboxDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const raw = inboxFilterNames.map((name) => [name, [params[name] ?? null].flat()[0] ?? null]);
  const query = inboxQueryOf(readInboxFilter(Object.fromEntries(raw) as RawInboxFilter));
  const actor = await requireActor(`/suppliers/inbox${query && `?${query}`}`);
  if (!can(actor, "suppliers.read")) {
    const t = await getTranslations("inbox");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const view = await inboxView(await runtime(), actor, new URLSearchParams(query));
  return (
    <ClientMessages of={["inbox"]}>
      <InboxRoom initial={view} initialQuery={query} />
    </ClientMessages>
  );
}
