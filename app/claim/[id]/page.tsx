import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClaimRoom } from "#components/claim/claim-room.tsx";
import { PlainShell } from "#components/shell/plain-shell.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";

/** All that a preview in a chat sees; it is the same for every link there is, and for those there aren't. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("claim");
  return { title: t("title"), description: t("description") };
}

/**
 * Where a customer opens his codes. The page knows nothing of the link: its secret stands behind the `#`,
 * which browsers don't send, so whoever fetches the page without pressing the button learns and opens nothing.
 */
export default async function ClaimPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <PlainShell>
      <ClientMessages of={["claim", "codeParts"]}>
        <ClaimRoom id={id} />
      </ClientMessages>
    </PlainShell>
  );
}
