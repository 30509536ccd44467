"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { peekUserLinkAction } from "#app/invite/actions.ts";
import { InviteForm } from "#components/invite/invite-form.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { LinkEnd, LinkStanding } from "#lib/access/people/accept-link.ts";

export type InviteStanding =
  | LinkStanding
  | { kind: "looking" }
  | { kind: "set"; email: string }
  | { kind: "failed" };

/** The page behind an invitation or a reset link: whose it is, a password, and the way on. */
export function InviteRoom() {
  const t = useTranslations("invite");
  const [standing, setStanding] = useState<InviteStanding>({ kind: "looking" });
  const [token, setToken] = useState("");
  useEffect(() => {
    async function look() {
      const secret = window.location.hash.slice(1);
      setToken(secret);
      const answer = await peekUserLinkAction(secret).catch(() => null);
      setStanding(answer?.ok ? answer.value : { kind: "failed" });
    }
    const begin = () => void look();
    begin();
    // Somebody pasted the whole link over the half of it.
    window.addEventListener("hashchange", begin);
    return () => window.removeEventListener("hashchange", begin);
  }, []);
  return (
    <div className="grid gap-5 rounded-lg border border-line bg-surface p-6">
      <h1 className="text-xl font-semibold">{t("title")}</h1>
      {standing.kind === "looking" ? (
        <div role="status" className="grid gap-4">
          <span className="sr-only">{t("looking")}</span>
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-(--control-lg) w-full rounded-md" />
        </div>
      ) : standing.kind === "open" ? (
        <InviteForm standing={standing} token={token} onStanding={setStanding} />
      ) : standing.kind === "set" ? (
        <>
          <Notice tone="done" live>
            {t("set", { email: standing.email })}
          </Notice>
          <ButtonLink href="/login" variant="primary" size="lg" className="w-full">
            {t("goOn")}
          </ButtonLink>
        </>
      ) : (
        <LinkOver standing={standing} />
      )}
    </div>
  );
}

function LinkOver({ standing }: { standing: LinkEnd | { kind: "failed" } }) {
  // i18n-use: invite.end.*
  const t = useTranslations("invite.end");
  const { kind } = standing;
  return (
    <>
      <Notice tone="look" live>
        {kind === "too_many"
          ? t("too_many", { minutes: Math.ceil(standing.retryAfterSeconds / 60) })
          : t(kind)}
      </Notice>
      {kind === "used" && (
        <ButtonLink href="/login" className="w-full">
          {t("signIn")}
        </ButtonLink>
      )}
    </>
  );
}
