"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { disconnectElsewhereAction } from "#app/(console)/settings/account/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { usePersonAct } from "#components/people/use-person-act.ts";
import { Button } from "#components/ui/button.tsx";

/** Asks first: from then on the password alone leads in. */
export function DisconnectButton({ issuer, name }: { issuer: string; name: string }) {
  const t = useTranslations("account.signOn.disconnect");
  const act = usePersonAct();
  const [asking, setAsking] = useState(false);
  async function submit() {
    if ((await act.run(() => disconnectElsewhereAction(issuer))) !== null) setAsking(false);
  }
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        {t("verb")}
      </Button>
      {asking && (
        <ActDialog
          words="people"
          title={t("title", { name })}
          description={t("body")}
          verb={t("verb")}
          danger
          act={act}
          onSubmit={() => void submit()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
