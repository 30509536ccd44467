"use client";

import { clsx } from "clsx";
import {
  Clock,
  Ellipsis,
  ExternalLink,
  Eye,
  RotateCcw,
  SquareCheckBig,
  StickyNote,
  Timer,
  UserRoundPlus,
  UserRoundSearch,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { decisionChoices } from "#components/alerts/decision-choices.ts";
import { DECISION_KEYS, keySign } from "#components/alerts/decision-keys.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import { ACKNOWLEDGED_FOR_MS } from "#lib/alerts/alert-policy.ts";
import type { AlertState } from "#lib/alerts/types.ts";

const icons: Record<DecisionKind, ReactNode> = {
  acknowledge: <Eye aria-hidden />,
  acknowledge_for: <Timer aria-hidden />,
  snooze: <Clock aria-hidden />,
  assign_me: <UserRoundPlus aria-hidden />,
  assign: <UserRoundSearch aria-hidden />,
  resolve: <SquareCheckBig aria-hidden />,
  note: <StickyNote aria-hidden />,
  put_back: <RotateCcw aria-hidden />,
};

export type DecisionBarProps = {
  /** Of what it is about. */
  states: readonly AlertState[];
  notes?: boolean;
  /** The order that one alert is about. */
  orderId?: string | null;
  onDecide: (kind: DecisionKind) => void;
};

/** All that can be decided, with the key of each. */
export function DecisionBar({ states, notes = true, orderId = null, onDecide }: DecisionBarProps) {
  const t = useTranslations("alerts.queue");
  const span = useSpan();
  const { main, more } = decisionChoices(states, { notes });
  const tips: Partial<Record<DecisionKind, string>> = {
    acknowledge: t("tip.acknowledge", { span: span(ACKNOWLEDGED_FOR_MS) }),
    put_back: t("tip.put_back"),
  };
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5 max-lg:hidden">
      <legend className="sr-only">{t("decide")}</legend>
      {main.map((kind, index) => (
        <Button
          key={kind}
          size="sm"
          variant={index === 0 && kind === "acknowledge" ? "primary" : "secondary"}
          icon={icons[kind]}
          aria-keyshortcuts={DECISION_KEYS[kind].toUpperCase()}
          data-tip={tips[kind]}
          onClick={() => onDecide(kind)}
        >
          {t(`act.${kind}`)}
          <span className="max-xl:hidden">
            <KeyHint kind={kind} onFill={index === 0 && kind === "acknowledge"} />
          </span>
        </Button>
      ))}
      <More kinds={more} orderId={orderId} onDecide={onDecide} size="sm" />
    </fieldset>
  );
}

/** The same under the thumb: three decisions and the rest, above the bar of the console. */
export function ThumbBar({
  states,
  notes = true,
  orderId = null,
  onDecide,
  above,
}: DecisionBarProps & {
  /** A line on top: what it is about, where that isn't the page. */
  above?: ReactNode;
}) {
  const t = useTranslations("alerts.queue");
  const { main, more } = decisionChoices(states, { notes });
  return (
    <div className="fixed inset-x-0 bottom-(--bottombar) z-19 border-t border-line-strong bg-raised md:left-19 md:pb-[env(safe-area-inset-bottom)] lg:hidden">
      {above}
      <fieldset className="grid auto-cols-fr grid-flow-col">
        <legend className="sr-only">{t("decide")}</legend>
        {main.map((kind) => (
          <button
            key={kind}
            type="button"
            className={clsx(thumbClass, kind === "acknowledge" && "text-accent")}
            onClick={() => onDecide(kind)}
          >
            {icons[kind]}
            <span className="max-w-full truncate">{thumbWord(kind)}</span>
          </button>
        ))}
        <More kinds={more} orderId={orderId} onDecide={onDecide} size="thumb" />
      </fieldset>
    </div>
  );

  function thumbWord(kind: DecisionKind): string {
    const short = kind === "snooze" || kind === "resolve" || kind === "put_back";
    return short || kind === "acknowledge" ? t(`short.${kind}`) : t(`act.${kind}`);
  }
}

const thumbClass =
  "flex h-14 min-w-0 flex-col items-center justify-center gap-1 px-1 text-xs font-medium active:bg-pressed [&_.lucide]:size-4.5";

/** What is wanted less often, behind one button. */
function More({
  kinds,
  orderId,
  onDecide,
  size,
}: {
  kinds: readonly DecisionKind[];
  orderId: string | null;
  onDecide: (kind: DecisionKind) => void;
  size: "sm" | "thumb";
}) {
  const t = useTranslations("alerts.queue");
  if (kinds.length === 0 && !orderId) return null;
  const thumb = size === "thumb";
  return (
    <Popover
      label={t("more")}
      align="end"
      button={
        <>
          <Ellipsis aria-hidden />
          {thumb ? t("short.more") : <span className="sr-only">{t("more")}</span>}
        </>
      }
      buttonProps={{
        className: thumb ? thumbClass : buttonClass({ size: "sm", square: true }),
        ...(!thumb && { "data-tip": t("more") }),
      }}
    >
      {(close) => (
        <ul className="grid min-w-56 gap-0.5 p-1.5">
          {kinds.map((kind) => (
            <li key={kind} className="grid">
              <Button
                variant="ghost"
                icon={icons[kind]}
                className="justify-start! text-ink!"
                onClick={() => {
                  close();
                  onDecide(kind);
                }}
              >
                <span className="flex w-full items-center gap-2">
                  {t(`act.${kind}`)}
                  <KeyHint kind={kind} />
                </span>
              </Button>
            </li>
          ))}
          {orderId && (
            <li className="grid">
              <ButtonLink
                href={`/orders/${orderId}`}
                variant="ghost"
                icon={<ExternalLink aria-hidden />}
                className="justify-start! text-ink!"
              >
                {t("openOrder")}
              </ButtonLink>
            </li>
          )}
        </ul>
      )}
    </Popover>
  );
}

function KeyHint({ kind, onFill = false }: { kind: DecisionKind; onFill?: boolean }) {
  const sign = keySign(DECISION_KEYS[kind]);
  if (onFill) {
    return (
      <span aria-hidden className="ml-1.5 text-xs font-normal opacity-80 pointer-coarse:hidden">
        {sign}
      </span>
    );
  }
  return (
    <span aria-hidden className="ml-1.5 pointer-coarse:hidden">
      <Kbd>{sign}</Kbd>
    </span>
  );
}
