"use client";

import { useTranslations } from "next-intl";
import { SecretOnce } from "#components/endpoints/secret-once.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** The secret of an endpoint that was just set up; stays until somebody says that he has it. */
export function SecretDialog({ secret, onKept }: { secret: string; onKept: () => void }) {
  const t = useTranslations("endpoints.new");
  return (
    <Dialog
      open
      title={t("added")}
      dismissable={false}
      onOpenChange={() => undefined}
      footer={
        <Button variant="primary" onClick={onKept}>
          {t("kept")}
        </Button>
      }
    >
      <SecretOnce secret={secret} />
    </Dialog>
  );
}
