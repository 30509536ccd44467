import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { policy } from "#app/_server/second-factor.ts";
import { AccountRoom } from "#components/account/account-room.tsx";
import { SignOnSection } from "#components/account/sign-on-section.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { readOwnAccount } from "#lib/access/people/read-people.ts";
import { singleSignOn } from "#lib/access/single-sign-on/single-sign-on.ts";
import { env } from "#lib/platform/env.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Everybody's own: password, single sign-on, second factor, sessions. */
export default async function AccountDoor({ searchParams }: Props) {
  const actor = await requireActor("/settings/account");
  const account = await readOwnAccount(await runtime(), actor, policy());
  const elsewhere = singleSignOn(env());
  const provider = elsewhere && { issuer: elsewhere.issuer, name: elsewhere.name };
  const { connect } = await searchParams;
  return (
    <ClientMessages of={["account", "secondFactor", "sessions", "people", "reveal"]}>
      <AccountRoom
        account={account}
        signOn={<SignOnSection account={account} provider={provider} outcome={connect} />}
      />
    </ClientMessages>
  );
}
