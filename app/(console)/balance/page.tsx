import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { BalanceRoom } from "#components/balance/balance-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readBalancePage } from "#lib/balance/read.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("balance"))("title") };
}

export default async function BalanceDoor() {
  const actor = await requireActor("/balance");
  if (!can(actor, "balance.read")) {
    const t = await getTranslations("balance");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["balance"]}>
      <BalanceRoom initial={await readBalancePage(await runtime(), actor)} />
    </ClientMessages>
  );
}
