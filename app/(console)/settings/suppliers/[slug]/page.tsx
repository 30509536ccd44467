import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { accountView } from "#app/_server/account-view.ts";
import { currentActor, requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { AccountRoom } from "#components/supplier-settings/account-room.tsx";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";

type Props = { params: Promise<{ slug: string }> };

/** Read once for the title and the page; null when there is no such account, or no right to see it. */
const accountOf = cache(async (slug: string): Promise<AccountView | null> => {
  const actor = await currentActor();
  if (!actor || !can(actor, "suppliers.read")) return null;
  return accountView(await runtime(), actor, slug);
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const account = await accountOf((await params).slug);
  return { title: account?.name ?? (await getTranslations("supplierSettings"))("title") };
}

export default async function SupplierAccountPage({ params }: Props) {
  const { slug } = await params;
  const actor = await requireActor(`/settings/suppliers/${encodeURIComponent(slug)}`);
  if (!can(actor, "suppliers.read")) {
    const t = await getTranslations("supplierSettings");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const account = await accountOf(slug);
  if (!account) notFound();
  return (
    <ClientMessages of={["supplierSettings", "suppliers", "reveal"]}>
      <AccountRoom key={account.id} initial={account} />
    </ClientMessages>
  );
}
