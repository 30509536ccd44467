"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, useId, useState } from "react";
import { MockBadge } from "#components/orders/mock-badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Money } from "#components/ui/money.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { BalanceView } from "#lib/balance/types.ts";
import { SHORTEST_REASON } from "#lib/platform/reason-limits.ts";
import { BalanceAfter, missingFunds } from "./balance-after.tsx";
import { lineTotal, noteText } from "./draft.ts";
import { ShortBalance } from "./short-balance.tsx";
import { SimilarOrders } from "./similar-orders.tsx";
import { useMoneyText } from "./use-money-text.ts";
import type { Offer, OverBalance } from "./use-placing.ts";

/**
 * Asks before money moves: what is sent, what it costs, what is left. Focus starts on the buying
 * button, so that a repeat order is two keys; where something speaks against it, on the way back.
 */
export function ConfirmDialog({
  offer,
  busy,
  balances,
  onPlace,
  onBack,
}: {
  offer: Offer;
  busy: boolean;
  balances: readonly BalanceView[];
  /** With the similar orders beside which this one is wanted all the same, and why the balance need not do. */
  onPlace: (similarSeen: string[], overBalance: OverBalance | null) => void;
  onBack: () => void;
}) {
  const t = useTranslations("newOrder.confirm");
  const money = useMoneyText();
  const id = useId();
  const { draft, total, totalBefore, similar, shortfall } = offer;
  const currency = draft.lines[0]?.product.currency ?? "";
  const balance = balances.find((one) => one.currency === currency) ?? null;
  const short = !draft.isMock && balance !== null && missingFunds(balance, total) !== null;
  const moved = totalBefore !== null || draft.lines.some(({ priceBefore }) => priceBefore !== null);
  const careful = short || moved || shortfall !== null;
  const [reason, setReason] = useState("");
  const isReasoned = shortfall === null || reason.trim().length >= SHORTEST_REASON;
  // Said of these orders; another one that came meanwhile is asked about anew.
  const [wantedBeside, setWantedBeside] = useState("");
  const seen = similar.map(({ id: similarId }) => similarId);
  const wanted = wantedBeside === seen.join();
  const setWanted = (now: boolean) => setWantedBeside(now ? seen.join() : "none");

  // The second click of a double click on the button that opened this is not a yes to it.
  const place = (event: MouseEvent) => {
    const over = shortfall && { reason: reason.trim(), missing: shortfall.missing };
    if (event.detail <= 1) onPlace(seen, over);
  };
  return (
    <Dialog
      open
      role="alertdialog"
      size="md"
      dismissable={!busy}
      onOpenChange={(open) => !open && onBack()}
      title={t(draft.isMock ? "titleMock" : "title")}
      footer={
        <>
          <Button {...(careful && { "data-autofocus": true })} disabled={busy} onClick={onBack}>
            {t("back")}
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={!wanted || !isReasoned}
            {...(!careful && { "data-autofocus": true })}
            aria-describedby={`${id}-facts`}
            onClick={place}
            // A key held down must not run from one question into the answer of the next.
            onKeyDown={(event) => event.repeat && event.preventDefault()}
          >
            {draft.isMock ? t("placeMock") : t("buy", { total: money(total, currency) })}
          </Button>
        </>
      }
    >
      <div id={`${id}-facts`} className="grid gap-3">
        {similar.length > 0 && (
          <SimilarOrders orders={similar} wanted={wanted} onWanted={setWanted} />
        )}
        {shortfall && <ShortBalance shortfall={shortfall} reason={reason} onReason={setReason} />}
        {totalBefore !== null && (
          <Notice tone="look" title={t("changed")}>
            {t("changedBody", {
              before: money(totalBefore, currency),
              after: money(total, currency),
            })}
          </Notice>
        )}
        <ul className="grid gap-2 border-y border-line py-3">
          {draft.lines.map((line) => (
            <li key={line.key} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4">
              <span className="min-w-0 wrap-anywhere">
                <span className="font-medium">{line.quantity.trim()} ×</span> {line.product.name}
                {line.product.region && (
                  <span className="text-ink-3"> · {line.product.region}</span>
                )}
              </span>
              <Money amount={lineTotal(line)} currency={line.product.currency} aligned />
              {line.priceBefore !== null && totalBefore === null && (
                <span className="text-xs text-look">
                  {t("linePrice", {
                    before: money(line.priceBefore, currency),
                    after: money(line.product.price, currency),
                  })}
                </span>
              )}
              {line.product.noteFields.map(({ name }) => (
                <span key={name} className="col-span-2 text-xs text-ink-2 wrap-anywhere">
                  {name}: {noteText(line.note, name)}
                </span>
              ))}
            </li>
          ))}
        </ul>
        <p className="flex items-baseline justify-between gap-3 text-base">
          <span className="flex items-center gap-2 font-medium">
            {t("total")}
            {draft.isMock && <MockBadge />}
          </span>
          <Money amount={total} currency={currency} strong aligned />
        </p>
        {draft.customerRef.trim() !== "" && (
          <p className="flex items-baseline justify-between gap-3 text-ink-2">
            <span className="shrink-0">{t("customerRef")}</span>
            <span className="min-w-0 text-end wrap-anywhere text-ink">{draft.customerRef}</span>
          </p>
        )}
        <BalanceAfter balance={balance} currency={currency} total={total} isMock={draft.isMock} />
      </div>
    </Dialog>
  );
}
