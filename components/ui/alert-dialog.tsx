"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/**
 * Asks before something that costs money or can't be undone. The confirming button says what will
 * happen, amount included; focus starts on the way out.
 */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  confirm,
  cancel,
  tone = "primary",
  busy = false,
  onConfirm,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** The words of the confirming button: "Buy for 12.50 USD". */
  confirm: ReactNode;
  /** The words of the way out; "Cancel" by default. */
  cancel?: ReactNode;
  tone?: "primary" | "danger";
  /** While true nothing closes the dialog and the confirming button can't be pressed again. */
  busy?: boolean;
  onConfirm: () => void;
}) {
  const t = useTranslations("ui");
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      role="alertdialog"
      size="sm"
      dismissable={!busy}
      footer={
        <>
          <Button data-autofocus disabled={busy} onClick={() => onOpenChange(false)}>
            {cancel ?? t("cancel")}
          </Button>
          <Button variant={tone} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
