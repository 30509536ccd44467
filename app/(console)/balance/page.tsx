import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { BalanceRoom } from "#components/balance/balance-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readBalanceRoom } from "#lib/balance/read-room.ts";
import { queryOf, readRoomFilter } from "#lib/balance/room-policy.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("balance"))("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function BalanceDoor({ searchParams }: Props) {
  const { account, hours } = await searchParams;
  const one = (value: typeof account) => (typeof value === "string" ? value : null);
  const filter = readRoomFilter({ account: one(account), hours: one(hours) });
  const query = queryOf(filter);
  const actor = await requireActor(`/balance${query && `?${query}`}`);
  if (!can(actor, "balance.read")) {
    const t = await getTranslations("balance");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["balance"]}>
      <BalanceRoom initial={await readBalanceRoom(await runtime(), actor, filter)} />
    </ClientMessages>
  );
}
