import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { AccountsRoom } from "#components/supplier-settings/accounts-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readSuppliersRoom } from "#lib/suppliers/read-suppliers-room.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("supplierSettings"))("title") };
}

export default async function SupplierAccountsDoor() {
  const actor = await requireActor("/settings/suppliers");
  if (!can(actor, "suppliers.read")) {
    const t = await getTranslations("supplierSettings");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["supplierSettings", "suppliers"]}>
      <AccountsRoom initial={await readSuppliersRoom(await runtime(), actor)} />
    </ClientMessages>
  );
}
