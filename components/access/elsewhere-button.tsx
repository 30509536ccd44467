"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { addressElsewhere } from "#components/access/address-elsewhere.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Leads to the provider of single sign-on, which leads back. */
export function ElsewhereButton({ name, next }: { name: string; next: string }) {
  const t = useTranslations("access");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  async function leave() {
    setBusy(true);
    const url = await addressElsewhere(next).catch(() => null);
    setFailed(url === null);
    if (url === null) setBusy(false);
    else window.location.assign(url.href);
  }
  return (
    <div className="grid gap-3">
      {failed && (
        <Notice tone="look" live>
          {t("problem.unreachable")}
        </Notice>
      )}
      <Button size="lg" busy={busy} onClick={() => void leave()} className="w-full">
        {t("goOnWith", { name })}
      </Button>
    </div>
  );
}
