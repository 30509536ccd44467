"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Leads to the provider of single sign-on, which leads back. */
export function ElsewhereButton({ name, next }: { name: string; next: string }) {
  const t = useTranslations("access");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  async function leave() {
    setBusy(true);
    const url = await addressOf(next).catch(() => null);
    setFailed(url === null);
    if (url === null) setBusy(false);
    else window.location.assign(url);
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

/** next-auth's own route, which makes state, nonce and PKCE; null where it leads nowhere else. */
async function addressOf(next: string): Promise<string | null> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch("/api/auth/signin/oidc", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: next, json: "true" }),
    redirect: "error",
  });
  const { url } = (await answer.json()) as { url?: string };
  if (!url || !URL.canParse(url)) return null;
  return new URL(url).origin === window.location.origin ? null : url;
}
