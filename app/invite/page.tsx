import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InviteRoom } from "#components/invite/invite-room.tsx";
import { PlainShell } from "#components/shell/plain-shell.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("invite"))("title") };
}

/** Where an invitation, or a way back in, leads to. The secret stands behind the `#`, which isn't sent. */
export default function InvitePage() {
  return (
    <PlainShell>
      <ClientMessages of={["invite"]}>
        <InviteRoom />
      </ClientMessages>
    </PlainShell>
  );
}
