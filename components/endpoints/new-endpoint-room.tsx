"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { addEndpointAction } from "#app/(console)/settings/endpoints/actions.ts";
import { ChannelChoice } from "#components/endpoints/channel-choice.tsx";
import { emptyDraft, toChannel } from "#components/endpoints/endpoint-draft.ts";
import { EndpointForm } from "#components/endpoints/endpoint-form.tsx";
import { makeSigningSecret } from "#components/endpoints/make-signing-secret.ts";
import { useEndpointForm } from "#components/endpoints/use-endpoint-form.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { ChannelKind } from "#lib/deliveries/types.ts";

const loadSecretDialog = async () => ({
  default: (await import("#components/endpoints/secret-dialog.tsx")).SecretDialog,
});
const SecretDialog = lazy(loadSecretDialog);

/** A new endpoint: which channel, and what that needs. */
export function NewEndpointRoom({
  channel,
  usualPlan,
}: {
  channel: ChannelKind;
  usualPlan: readonly number[];
}) {
  const t = useTranslations("endpoints.new");
  const router = useRouter();
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const leave = (id: string) => router.push(`/settings/endpoints/${id}`);
  const form = useEndpointForm({
    initial: emptyDraft(channel, usualPlan),
    endpointId: null,
    save: addEndpointAction,
    onSaved: (added) => {
      if (added.secret === null) leave(added.id);
      else setMade({ id: added.id, secret: added.secret });
    },
  });
  const { draft, change } = form;
  // At hand when it is needed: the secret is told this once, whatever becomes of the connection then.
  useEffect(() => void loadSecretDialog(), []);
  useEffect(() => {
    // Not on the server: what is rendered there may be kept by somebody in between.
    if (draft.channel === "webhook" && draft.signing === null) {
      change({ ...draft, signing: makeSigningSecret() });
    }
  }, [draft, change]);
  function choose(next: ChannelKind) {
    change({ ...toChannel(draft, next), signing: null });
    window.history.replaceState(null, "", `?channel=${next}`);
  }
  return (
    <>
      <PageHeader title={t("title")} />
      <EndpointForm
        form={form}
        kept={[]}
        endpointId={null}
        verb={t("verb")}
        backHref="/settings/endpoints"
        top={<ChannelChoice value={draft.channel} onChange={choose} />}
      />
      <Suspense>
        {made && <SecretDialog secret={made.secret} onKept={() => leave(made.id)} />}
      </Suspense>
    </>
  );
}
