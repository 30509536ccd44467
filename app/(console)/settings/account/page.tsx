import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { policy } from "#app/_server/second-factor.ts";
import { AccountRoom } from "#components/account/account-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { readOwnAccount } from "#lib/access/people/read-people.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

/** Everybody's own: password, second factor, sessions. */
export default async function AccountDoor() {
  const actor = await requireActor("/settings/account");
  const account = await readOwnAccount(await runtime(), actor, policy());
  return (
    <ClientMessages of={["account", "secondFactor", "sessions", "people", "reveal"]}>
      <AccountRoom account={account} />
    </ClientMessages>
  );
}
