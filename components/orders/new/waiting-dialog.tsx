"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { OrderDetail } from "#lib/orders/types.ts";
import { type Verdict, verdictOf } from "./verdict.ts";
import { WaitingWords } from "./waiting-words.tsx";

/** After this long nobody has to stay: the order goes on by itself. */
const PATIENCE_MS = 8_000;
/** Somebody sits in front of it: asked more often than a page that is only open. */
const ASK_EVERY_MS = 1_500;
/** A payment is sent in the same breath; when it takes longer the order's own page shows it. */
const PAYING_MS = 4_000;

/** The order is stored and being sent. Stays until the supplier has answered, one way or another. */
export function WaitingDialog({
  orderId,
  onTaken,
  onRefused,
  onUnpaid,
  onLeave,
}: {
  orderId: string;
  /** Also where nobody knows: the order's page says what happens then. */
  onTaken: () => void;
  onRefused: (order: OrderDetail) => void;
  onUnpaid: () => void;
  /** Whoever goes to the order's page by a link leaves the form behind. */
  onLeave: () => void;
}) {
  const t = useTranslations("newOrder.waiting");
  const live = useLive<OrderDetail>({
    key: ["order", orderId],
    path: `/api/live/orders/${orderId}`,
    initial: undefined,
    isFinal: (order) => isSettled(verdictOf(order)),
  });
  const { data: order, refetch } = live;
  const verdict = order ? verdictOf(order) : "sending";
  const long = usePassed(PATIENCE_MS, orderId);
  const paid = usePassed(PAYING_MS, verdict) && verdict === "paying";
  const signedOut = live.error?.status === 401;
  const unpaid = verdict === "payment_refused";
  const mayLeave = long || signedOut || unpaid;

  const settled = isSettled(verdict) || signedOut;
  useEffect(() => {
    if (settled) return;
    const timer = setInterval(() => void refetch({ cancelRefetch: false }), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [settled, refetch]);

  const told = useRef(false);
  useEffect(() => {
    if (told.current || !order) return;
    const ended = paid ? "taken" : verdict;
    if (ended === "refused") onRefused(order);
    else if (ended === "taken" || ended === "unclear") onTaken();
    else return;
    told.current = true;
  }, [order, verdict, paid, onRefused, onTaken]);

  const href = signedOut
    ? `/login?next=${encodeURIComponent(`/orders/${orderId}`)}`
    : `/orders/${orderId}`;
  return (
    <Dialog
      open
      role="alertdialog"
      size="sm"
      dismissable={false}
      onOpenChange={() => undefined}
      title={
        <span className="flex items-center gap-2">
          {!signedOut && !unpaid && <Spinner className="text-ink-3" />}
          {t(`title.${titleOf(verdict)}`)}
        </span>
      }
      footer={
        mayLeave && (
          <>
            {unpaid && <Button onClick={onUnpaid}>{t("back")}</Button>}
            <ButtonLink href={href} variant={unpaid ? "primary" : "secondary"} onClick={onLeave}>
              {t(signedOut ? "signIn" : "open")}
            </ButtonLink>
          </>
        )
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: until there is a link, focus has to be somewhere inside */}
      <div role="status" tabIndex={0} data-autofocus className="rounded-sm text-ink-2 outline-none">
        <WaitingWords
          order={order}
          verdict={verdict}
          long={long}
          signedOut={signedOut}
          failed={live.isError}
        />
      </div>
    </Dialog>
  );
}

const isSettled = (verdict: Verdict): boolean => verdict !== "sending" && verdict !== "paying";

function titleOf(verdict: Verdict): "sending" | "paying" | "taken" | "paymentRefused" {
  switch (verdict) {
    case "payment_refused":
      return "paymentRefused";
    case "paying":
    case "taken":
      return verdict;
    // The latter two are over as soon as they are known.
    case "sending":
    case "refused":
    case "unclear":
      return "sending";
  }
}

/** Whether so much time has passed since `of` became what it is. */
function usePassed(ms: number, of: string): boolean {
  const [passed, setPassed] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(setPassed, ms, of);
    return () => clearTimeout(timer);
  }, [ms, of]);
  return passed === of;
}
