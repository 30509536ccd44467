"use client";

import { Eye, Lock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef } from "react";
import type { RevealControl } from "#components/orders/use-reveal.ts";
import { Button } from "#components/ui/button.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { CodeView } from "#lib/orders/types.ts";

// Fetched with the first reveal, while the server opens the code.
const RevealedCode = lazy(async () => ({
  default: (await import("#components/orders/revealed-code.tsx")).RevealedCode,
}));

// Fetched when something went wrong.
const ActionProblem = lazy(async () => ({
  default: (await import("#components/orders/action-problem.tsx")).ActionProblem,
}));

/** One code: its mask, and the code itself for as long as somebody looks at it. */
export function CodeLine({
  code,
  orderStatus,
  mayReveal,
  control,
}: {
  code: CodeView;
  orderStatus: OrderStatus;
  mayReveal: boolean;
  control: RevealControl;
}) {
  const t = useTranslations("orders");
  const { reveal, show, hide } = control;
  const mine = reveal.kind !== "none" && reveal.codeId === code.id ? reveal : null;
  const button = useRef<HTMLButtonElement>(null);
  const wasShown = useRef(false);
  const shown = mine?.kind === "shown";
  useEffect(() => {
    // Hiding takes the focused button away; the keyboard comes back to the one that reveals.
    if (wasShown.current && !shown && document.activeElement === document.body) {
      button.current?.focus({ preventScroll: true });
    }
    wasShown.current = shown;
  }, [shown]);
  const number = code.position + 1;
  return (
    <li className="grid gap-2 border-t border-line py-2">
      <div className="flex min-h-(--control-sm) flex-wrap items-center gap-x-4 gap-y-1">
        <span className="w-6 text-right text-xs text-ink-3">{number}</span>
        <code className="font-mono">{code.mask}</code>
        <span className="text-xs text-ink-3">
          {code.revealedAt ? (
            <RevealedAgo at={code.revealedAt} />
          ) : (
            <>
              {t("items.stored")} <RelativeTime at={code.storedAt} focusable={false} />
            </>
          )}
        </span>
        {mayReveal && !code.withheld && !shown && (
          <span className="ml-auto">
            <Button
              ref={button}
              size="sm"
              icon={<Eye aria-hidden />}
              busy={mine?.kind === "asking"}
              aria-label={t("items.revealNumber", { number })}
              onClick={() => show(code.id)}
            >
              {t("items.reveal")}
            </Button>
          </span>
        )}
      </div>
      {code.conflicts.map(({ mask, storedAt }) => (
        <p key={`${storedAt} ${mask}`} className="flex max-w-prose gap-2 pl-10 text-xs text-risk">
          <TriangleAlert aria-hidden className="mt-px size-3.5" />
          <span>
            {t.rich("items.conflict", {
              at: () => <ExactTime at={storedAt} className="whitespace-normal!" />,
              code: () => <code className="font-mono">{mask}</code>,
            })}
          </span>
        </p>
      ))}
      {code.withheld && (
        <p className="flex max-w-prose gap-2 pl-10 text-xs text-risk">
          <Lock aria-hidden className="mt-px size-3.5" />
          {t("items.withheld", { status: t(`status.${orderStatus}`) })}
        </p>
      )}
      <Suspense>
        {mine?.kind === "shown" && <RevealedCode code={mine.code} onHide={hide} />}
        {mine?.kind === "failed" && <ActionProblem failure={mine.failure} />}
      </Suspense>
    </li>
  );
}

function RevealedAgo({ at }: { at: string }) {
  const t = useTranslations("orders.items");
  const ago = useAgo();
  const now = useClock(Date.parse(at));
  return <span suppressHydrationWarning>{t("revealed", { ago: ago(now - Date.parse(at)) })}</span>;
}
