import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { messageView } from "#app/_server/inbox-view.ts";
import { runtime } from "#app/_server/runtime.ts";
import { MessageRoom } from "#components/inbox/message-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox.page");
  return { title: t("title") };
}

export default async function MessagePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const actor = await requireActor(`/suppliers/inbox/${encodeURIComponent(id)}`);
  if (!can(actor, "suppliers.read")) {
    const t = await getTranslations("inbox");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const message = await messageView(await runtime(), actor, id);
  if (!message) notFound();
  return (
    <ClientMessages of={["inbox", "reveal"]}>
      <MessageRoom key={message.id} initial={message} />
    </ClientMessages>
  );
}
