"use client";

import { Ban, CloudOff, Link2Off, LockKeyhole, PackageOpen, TimerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "#components/claim/local-time.tsx";
import type { Claim } from "#components/claim/use-claim.ts";
import { Button } from "#components/ui/button.tsx";

type End = Exclude<Claim, { kind: "looking" | "ready" | "shown" }>;

const signs: Record<End["kind"], ReactNode> = {
  opened: <PackageOpen aria-hidden />,
  expired: <TimerOff aria-hidden />,
  revoked: <Ban aria-hidden />,
  locked: <LockKeyhole aria-hidden />,
  unknown: <Link2Off aria-hidden />,
  cut_off: <Link2Off aria-hidden />,
  too_many: <TimerOff aria-hidden />,
  failed: <CloudOff aria-hidden />,
};

/** Why the link shows nothing, what that means, and what to do. */
export function ClaimEnd({ claim, look }: { claim: End; look: () => void }) {
  const t = useTranslations("claim.end");
  const mayHelp = claim.kind === "failed" || claim.kind === "too_many";
  return (
    <div role="status" className="grid justify-items-start gap-4">
      <span className="inline-flex size-9 items-center justify-center rounded-md bg-waiting-soft text-waiting [&_.lucide]:size-5">
        {signs[claim.kind]}
      </span>
      <div className="grid gap-1.5">
        <h1 className="text-xl font-semibold">{t(`${claim.kind}.title`)}</h1>
        <p className="text-base text-pretty text-ink-2">
          <Body claim={claim} />
        </p>
        {claim.kind === "failed" && claim.reference && (
          <p className="text-xs text-ink-2">
            {t("reference")} <code className="font-mono select-all">{claim.reference}</code>
          </p>
        )}
      </div>
      {mayHelp && (
        <Button size="lg" onClick={look}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}

function Body({ claim }: { claim: End }) {
  const t = useTranslations("claim.end");
  switch (claim.kind) {
    case "opened":
      return t.rich("opened.body", { at: () => <LocalTime at={claim.openedAt} /> });
    case "expired":
      return t.rich("expired.body", { at: () => <LocalTime at={claim.expiredAt} /> });
    case "too_many":
      return t("too_many.body", { minutes: Math.ceil(claim.retryAfterSeconds / 60) });
    case "failed":
      return t(claim.wasOpening ? "failed.opening" : "failed.body");
    case "revoked":
    case "locked":
    case "unknown":
    case "cut_off":
      return t(`${claim.kind}.body`);
  }
}
