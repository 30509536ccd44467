import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { suppliersView } from "#app/_server/suppliers-view.ts";
import { SuppliersRoom } from "#components/suppliers/suppliers-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("suppliers"))("title") };
}

export default async function SuppliersDoor() {
  const actor = await requireActor("/suppliers");
  if (!can(actor, "suppliers.read")) {
    const t = await getTranslations("suppliers");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["suppliers"]}>
      <SuppliersRoom initial={await suppliersView(await runtime(), actor)} />
    </ClientMessages>
  );
}
