"use client";

import { useTranslations } from "next-intl";
import { ClaimCodes } from "#components/claim/claim-codes.tsx";
import { ClaimEnd } from "#components/claim/claim-end.tsx";
import { ClaimReady } from "#components/claim/claim-ready.tsx";
import { useClaim } from "#components/claim/use-claim.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** The page behind a claim link: how it stands, the button that opens it, and what was in it. */
export function ClaimRoom({ id }: { id: string }) {
  const control = useClaim(id);
  const { claim } = control;
  return (
    <div className="grid gap-4 rounded-lg border border-line bg-surface p-5 sm:p-6">
      {claim.kind === "looking" ? (
        <Looking />
      ) : claim.kind === "ready" ? (
        <ClaimReady claim={claim} open={control.open} />
      ) : claim.kind === "shown" ? (
        <ClaimCodes codes={claim.codes} />
      ) : (
        <ClaimEnd claim={claim} look={control.look} />
      )}
    </div>
  );
}

/** As large as what mostly follows; without JavaScript nothing does. */
function Looking() {
  const t = useTranslations("claim");
  return (
    <>
      <h1 className="text-xl font-semibold">{t("heading")}</h1>
      <noscript>
        <p className="text-base text-pretty text-ink-2">{t("noScript")}</p>
      </noscript>
      <div role="status" className="grid gap-4 noscript:hidden">
        <span className="sr-only">{t("looking")}</span>
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-(--control-lg) w-full rounded-md" />
      </div>
    </>
  );
}
