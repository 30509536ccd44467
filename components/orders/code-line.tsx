"use client";

import { Lock, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { RevealButton, RevealedPlace } from "#components/codes/reveal-layer.tsx";
import type { RevealControl } from "#components/codes/use-reveal.ts";
import { Link } from "#components/ui/link.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";
import type { OrderStatus } from "#lib/orders/lifecycle.ts";
import type { CodeView } from "#lib/orders/types.ts";

// Rendered with the page, but its code comes after.
const CodeStateBadge = lazy(async () => ({
  default: (await import("#components/codes/code-state.tsx")).CodeStateBadge,
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
  const number = code.position + 1;
  return (
    <li className="grid gap-2 border-t border-line py-2">
      <div className="flex min-h-(--control-sm) flex-wrap items-center gap-x-4 gap-y-1">
        <span className="w-6 text-right text-xs text-ink-3">{number}</span>
        <Link href={`/codes/${code.id}`} tone="plain" className="hover:underline">
          <code className="font-mono">{code.mask}</code>
        </Link>
        <Suspense>
          <CodeStateBadge state={code.state} />
        </Suspense>
        <span className="text-xs text-ink-3">
          {code.revealedAt ? (
            <RevealedAgo at={code.revealedAt} />
          ) : (
            <>
              {t("items.stored")} <RelativeTime at={code.storedAt} focusable={false} />
            </>
          )}
        </span>
        {mayReveal && code.state !== "withheld" && (
          <span className="ml-auto">
            <RevealButton
              code={code}
              label={t("items.revealNumber", { number })}
              control={control}
            />
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
      {code.state === "withheld" && (
        <p className="flex max-w-prose gap-2 pl-10 text-xs text-risk">
          <Lock aria-hidden className="mt-px size-3.5" />
          {t("items.withheld", { status: t(`status.${orderStatus}`) })}
        </p>
      )}
      <RevealedPlace codeId={code.id} control={control} />
    </li>
  );
}

function RevealedAgo({ at }: { at: string }) {
  const t = useTranslations("orders.items");
  const ago = useAgo();
  const now = useClock(Date.parse(at));
  return <span suppressHydrationWarning>{t("revealed", { ago: ago(now - Date.parse(at)) })}</span>;
}
