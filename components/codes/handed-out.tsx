"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect } from "react";
import { flushSync } from "react-dom";
import { ClaimLinkOnce } from "#components/codes/claim-link-once.tsx";
import type { Way } from "#components/codes/delivery.ts";
import { areForgotten, secondsHeld } from "#components/codes/held-codes.ts";
import { useSecondsLeft } from "#components/codes/use-seconds-left.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { HandOutAnswer } from "#lib/codes/give-codes.ts";

const ShownCodes = lazy(async () => ({
  default: (await import("#components/codes/shown-codes.tsx")).ShownCodes,
}));
const Slip = lazy(async () => ({
  default: (await import("#components/codes/slip.tsx")).Slip,
}));

type Given = Extract<HandOutAnswer, { kind: "handed_out" }>;

/**
 * What was handed out, while this dialog is open, its tab is looked at and its time isn't over. Whoever holds
 * the plain texts drops them when `onForget` says so: all of them, or those of one code.
 */
export function HandedOut({
  given,
  name,
  way,
  pin,
  customerRef,
  onForget,
  onClose,
}: {
  given: Given;
  name: string;
  way: Way;
  /** "" for none. */
  pin: string;
  customerRef: string;
  /** The same function each time. */
  onForget: (codeId?: string) => void;
  onClose: () => void;
}) {
  const t = useTranslations("inventory.handedOut");
  const { codes, handOutId, link } = given;
  useEffect(() => {
    const leave = () => document.visibilityState === "hidden" && onForget();
    // The browser may keep the page as it stands at this moment, to go back to.
    const freeze = () => flushSync(() => onForget());
    // The tab may have been left before the answer came.
    leave();
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("pagehide", freeze);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", freeze);
    };
  }, [onForget]);
  const isGone = way !== "link" && areForgotten(codes);
  return (
    <Dialog
      open
      size="md"
      role="alertdialog"
      // Only the button closes what nobody can be shown again.
      dismissable={way !== "link"}
      title={t("title", { count: codes.length })}
      description={t("to", { product: name, customer: customerRef })}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <Button variant={way === "reveal" ? "primary" : "secondary"} onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      {way !== "link" && !isGone && (
        <HeldFor
          seconds={secondsHeld(way, codes.length)}
          once={way === "reveal"}
          onOver={() => onForget()}
        />
      )}
      {isGone && (
        <Notice tone="info" live>
          {t("gone")}
        </Notice>
      )}
      <Suspense>
        {link && <ClaimLinkOnce link={link} pin={pin} />}
        {way === "reveal" && <ShownCodes codes={codes} onForget={onForget} />}
        {way === "slip" && !isGone && (
          <Slip codes={codes} name={name} customerRef={customerRef} handOutId={handOutId} />
        )}
      </Suspense>
    </Dialog>
  );
}

/** Says how long the page holds the codes, and when that is over. */
function HeldFor({
  seconds,
  once,
  onOver,
}: {
  seconds: number;
  /** Each code is shown once. */
  once: boolean;
  onOver: () => void;
}) {
  const t = useTranslations("inventory.handedOut");
  const span = useSpan();
  const left = useSecondsLeft(seconds, onOver);
  return (
    <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 text-xs text-ink-2">
      <p className="text-pretty">
        {t(once ? "heldOnce" : "held", { time: span(seconds * 1_000) })}
      </p>
      <p aria-hidden>{t("left", { time: span(left * 1_000) })}</p>
    </div>
  );
}
