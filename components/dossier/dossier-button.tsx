"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";

const DossierDialog = lazy(async () => ({
  default: (await import("#components/dossier/dossier-dialog.tsx")).DossierDialog,
}));

/** Opens what the supplier's support desk may know of an order. */
export function DossierButton({ orderId }: { orderId: string }) {
  const t = useTranslations("dossier");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileText aria-hidden />} onClick={() => setOpen(true)}>
        {t("button")}
      </Button>
      <Suspense>
        {open && <DossierDialog orderId={orderId} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  );
}
