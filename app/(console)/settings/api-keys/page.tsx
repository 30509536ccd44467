import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { KeysRoom } from "#components/api-keys/keys-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readKeysRoom } from "#lib/api/read-keys.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("apiKeys"))("title") };
}

export default async function ApiKeysDoor() {
  const actor = await requireActor("/settings/api-keys");
  if (!can(actor, "api_keys.manage")) {
    const t = await getTranslations("apiKeys");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  return (
    <ClientMessages of={["apiKeys"]}>
      <KeysRoom initial={await readKeysRoom(await runtime(), actor)} />
    </ClientMessages>
  );
}
