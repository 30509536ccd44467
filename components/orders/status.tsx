import {
  AlarmClock,
  Ban,
  CircleCheck,
  CircleDotDashed,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Coins,
  Contrast,
  Copy,
  FileQuestionMark,
  FileX,
  Hourglass,
  Lock,
  PackagePlus,
  PackageX,
  Replace,
  SearchX,
  Send,
  TimerOff,
  Undo2,
  Wallet,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { tightWord } from "#components/orders/mock-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { SignalKey } from "#lib/orders/signals.ts";

type Look = { tone: Tone; icon: ReactNode };

/** How each state looks, everywhere; its word is `orders.status.*`. */
export const statusLooks: Record<OrderStatus, Look> = {
  submitting: { tone: "waiting", icon: <Send aria-hidden /> },
  unconfirmed: { tone: "look", icon: <CircleQuestionMark aria-hidden /> },
  rejected: { tone: "risk", icon: <Ban aria-hidden /> },
  awaiting_payment: { tone: "waiting", icon: <Hourglass aria-hidden /> },
  paid: { tone: "moving", icon: <Coins aria-hidden /> },
  processing: { tone: "moving", icon: <CircleDotDashed aria-hidden /> },
  completed: { tone: "done", icon: <CircleCheck aria-hidden /> },
  partial: { tone: "look", icon: <Contrast aria-hidden /> },
  cancelled: { tone: "risk", icon: <CircleSlash aria-hidden /> },
  failed: { tone: "risk", icon: <CircleX aria-hidden /> },
  refunded: { tone: "risk", icon: <Undo2 aria-hidden /> },
};

/** How each finding looks; its words are `orders.signal.*`. */
export const signalLooks: Record<SignalKey, Look> = {
  stalled: { tone: "look", icon: <TimerOff aria-hidden /> },
  unconfirmed: { tone: "look", icon: <CircleQuestionMark aria-hidden /> },
  unknown_word: { tone: "look", icon: <FileQuestionMark aria-hidden /> },
  codes_short: { tone: "look", icon: <PackageX aria-hidden /> },
  codes_extra: { tone: "look", icon: <PackagePlus aria-hidden /> },
  code_repeated: { tone: "risk", icon: <Copy aria-hidden /> },
  waits_for_twin: { tone: "look", icon: <Hourglass aria-hidden /> },
  extra_supplier_order: { tone: "risk", icon: <FileQuestionMark aria-hidden /> },
  code_changed: { tone: "risk", icon: <Replace aria-hidden /> },
  codes_withheld: { tone: "risk", icon: <Lock aria-hidden /> },
  pay_refused: { tone: "look", icon: <Wallet aria-hidden /> },
  lost_at_supplier: { tone: "risk", icon: <SearchX aria-hidden /> },
  unrecordable: { tone: "risk", icon: <FileX aria-hidden /> },
  slow: { tone: "waiting", icon: <Hourglass aria-hidden /> },
  payment_expiring: { tone: "look", icon: <AlarmClock aria-hidden /> },
  order_failed: { tone: "risk", icon: <CircleX aria-hidden /> },
  cancelled_after_payment: { tone: "risk", icon: <CircleSlash aria-hidden /> },
  order_refunded: { tone: "risk", icon: <Undo2 aria-hidden /> },
  partial: { tone: "look", icon: <Contrast aria-hidden /> },
  delivery_failed: { tone: "look", icon: <Send aria-hidden /> },
};

/** An order's state: `plain` in tables, `soft` where it is the point of the page. */
export function OrderStatusBadge({
  status,
  look = "plain",
}: {
  status: OrderStatus;
  look?: "plain" | "soft";
}) {
  const t = useTranslations("orders");
  const { tone, icon } = statusLooks[status];
  return (
    <StatusBadge tone={tone} icon={icon} look={look}>
      {t(`status.${status}`)}
    </StatusBadge>
  );
}

/** On a tablet's width a table has room for the icon alone; the word is its tooltip then. */

/**
 * What a person should know about an order. With `most`, the further ones become "+2", whose
 * tooltip names them. `tight` is for table cells.
 */
export function SignalBadges({
  signals,
  most = Number.POSITIVE_INFINITY,
  tight = false,
}: {
  signals: readonly SignalKey[];
  most?: number;
  tight?: boolean;
}) {
  const t = useTranslations("orders");
  const further = signals.slice(most);
  return (
    <>
      {signals.slice(0, most).map((signal) => (
        <Badge
          key={signal}
          tone={signalLooks[signal].tone}
          icon={signalLooks[signal].icon}
          {...(tight && { tip: t(`signal.${signal}.word`) })}
        >
          <span className={tight ? tightWord : ""}>{t(`signal.${signal}.word`)}</span>
        </Badge>
      ))}
      {further.length > 0 && (
        <Badge tone="look" tip={further.map((signal) => t(`signal.${signal}.word`)).join(", ")}>
          +{further.length}
        </Badge>
      )}
    </>
  );
}
