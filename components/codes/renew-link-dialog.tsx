"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { renewLinkAction } from "#app/(console)/codes/stock-actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { ClaimLinkOnce } from "#components/codes/claim-link-once.tsx";
import { isPinFine, linkOf, newDelivery } from "#components/codes/delivery.ts";
import { LinkFields } from "#components/codes/delivery-fields.tsx";
import { useCodeAct } from "#components/codes/use-code-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { RenewResult } from "#lib/codes/renew-claim-link.ts";

/** Makes another claim link for a hand-out; the ones before stop working. */
export function RenewLinkDialog({
  handOutId,
  onClose,
}: {
  handOutId: string;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.renewLink");
  const act = useCodeAct();
  const [draft, setDraft] = useState(newDelivery);
  const [tried, setTried] = useState(false);
  const [answer, setAnswer] = useState<RenewResult | null>(null);

  async function submit() {
    setTried(true);
    if (!isPinFine(draft)) return;
    setAnswer(await act.run(() => renewLinkAction({ handOutId, ...linkOf(draft) })));
  }
  if (answer?.kind === "made") {
    return (
      <Dialog
        open
        role="alertdialog"
        title={t("made")}
        // Only the button closes it: it is shown this once.
        dismissable={false}
        onOpenChange={onClose}
        footer={<Button onClick={onClose}>{t("done")}</Button>}
      >
        <ClaimLinkOnce link={answer.link} pin={draft.pin} />
      </Dialog>
    );
  }
  return (
    <ActDialog
      words="inventory"
      size="md"
      title={t("title")}
      description={t("body")}
      verb={t("verb")}
      act={act}
      onSubmit={submit}
      onClose={onClose}
    >
      <LinkFields draft={draft} change={(to) => setDraft({ ...draft, ...to })} tried={tried} />
      {answer && (
        <Notice tone="look" live>
          {t("capped", { limit: answer.limit, left: answer.left })}
        </Notice>
      )}
    </ActDialog>
  );
}
