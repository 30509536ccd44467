import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentActor, requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { CodeRoom } from "#components/codes/code-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { shortId } from "#components/ui/short-id.ts";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readCode } from "#lib/codes/read-code.ts";
import type { CodeDetail } from "#lib/codes/types.ts";

type Props = { params: Promise<{ id: string }> };

/** Read once for the title and the page; null when there is no such code, or no right to see it. */
const codeOf = cache(async (id: string): Promise<CodeDetail | null> => {
  const actor = await currentActor();
  if (!actor || !can(actor, "codes.read")) return null;
  return readCode(await runtime(), actor, id);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const code = await codeOf((await params).id);
  const t = await getTranslations("codes");
  if (!code) return { title: t("title") };
  const named = await getTranslations("inventory.code");
  return { title: named("title", { product: code.productName, id: shortId(code.id) }) };
}

export default async function CodePage({ params }: Props) {
  const { id } = await params;
  const actor = await requireActor(`/codes/${encodeURIComponent(id)}`);
  if (!can(actor, "codes.read")) {
    const t = await getTranslations("codes");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const code = await codeOf(id);
  if (!code) notFound();
  return (
    <ClientMessages of={["codes", "inventory", "reveal", "codeParts"]}>
      <CodeRoom key={code.id} initial={code} />
    </ClientMessages>
  );
}
