"use client";

import { useTranslations } from "next-intl";
import { SecretOnce } from "#components/supplier-settings/secret-once.tsx";
import { TriedNotice } from "#components/supplier-settings/tried-notice.tsx";
import { useSecretName } from "#components/supplier-settings/use-secret-name.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import type { RotatedSupplierSecret, SecretView } from "#lib/suppliers/room-types.ts";

/** What came of a rotation: the new secret where Keyhold made it, and until when the old one counts. */
export function RotatedDialog({
  rotated: { made, oldUntil, tried },
  secret,
  webhookUrl,
  onClose,
}: {
  rotated: RotatedSupplierSecret & { kind: "rotated" };
  secret: SecretView;
  webhookUrl: string | null;
  onClose: () => void;
}) {
  const t = useTranslations("supplierSettings.rotate");
  const nameOf = useSecretName();
  return (
    <Dialog
      open
      title={t("done", { name: nameOf(secret.name) })}
      // What is shown this once isn't to be lost by a stray click.
      dismissable={made === null}
      onOpenChange={(open) => !open && made === null && onClose()}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t(made === null ? "close" : "kept")}
        </Button>
      }
    >
      <div className="grid gap-3">
        {made !== null && <SecretOnce made={{ [secret.name]: made }} webhookUrl={webhookUrl} />}
        {tried && <TriedNotice tried={tried} />}
        <p className="text-xs text-ink-2">
          {oldUntil
            ? t.rich("both", {
                at: () => (
                  <ExactTime at={oldUntil} focusable={false} className="whitespace-normal!" />
                ),
              })
            : t(`ended.${secret.proves}`)}
        </p>
      </div>
    </Dialog>
  );
}
