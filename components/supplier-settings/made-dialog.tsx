"use client";

import { useTranslations } from "next-intl";
import { SecretOnce } from "#components/supplier-settings/secret-once.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** The secrets of an account that was just set up; stays until somebody says that he has them. */
export function MadeDialog({
  made,
  webhookUrl,
  onKept,
}: {
  made: Readonly<Record<string, string>>;
  webhookUrl: string | null;
  onKept: () => void;
}) {
  const t = useTranslations("supplierSettings.new");
  return (
    <Dialog
      open
      title={t("added")}
      // Shown this once: not to be lost by a stray click.
      dismissable={false}
      onOpenChange={() => undefined}
      footer={
        <Button variant="primary" onClick={onKept}>
          {t("kept")}
        </Button>
      }
    >
      <SecretOnce made={made} webhookUrl={webhookUrl} />
    </Dialog>
  );
}
