"use client";

import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { ActionButton } from "#components/alerts/action-button.tsx";
import { ActionDialogs } from "#components/alerts/action-dialogs.tsx";
import { ActionOutcome } from "#components/alerts/action-outcome.tsx";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { useActions } from "#components/alerts/use-actions.ts";
import { useLive } from "#components/live/use-live.ts";
import { Section } from "#components/ui/section.tsx";
import { Loading, TextSkeleton } from "#components/ui/skeleton.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { buttonsOf } from "#lib/alerts/runbooks/buttons.ts";
import type { RunbookView } from "#lib/alerts/runbooks/types.ts";
import type { AlertView } from "#lib/alerts/types.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

// Markdown is parsed by code that nothing else on the page needs.
const RunbookText = lazy(async () => ({
  default: (await import("#components/runbooks/runbook-text.tsx")).RunbookText,
}));

/** Nobody announces that a runbook was written anew. */
const EVERY_MS = 10 * 60_000;

/** What to do, step by step, with the very buttons that it names. */
export function RunbookPart({
  alert,
  orderId,
  order,
  onDecide,
}: {
  alert: AlertView;
  /** The order upon which the buttons act; of many the chosen one. */
  orderId: string | null;
  /** The same once it is read. */
  order: OrderPageView | null;
  onDecide?: (kind: DecisionKind) => void;
}) {
  const t = useTranslations("alerts");
  const locale = useLocale();
  const { data: runbook, error } = useLive<RunbookView & { readAt: string }>({
    key: ["runbook", alert.kind, locale],
    path: `/api/live/alerts/runbooks/${alert.kind}`,
    initial: undefined,
    everyMs: EVERY_MS,
  });
  const actions = useActions(alert, order, onDecide);
  const shown = runbook?.kind === alert.kind ? runbook : undefined;
  const named = shown ? buttonsOf(shown.markdown) : [];
  // Whatever the text leaves out, or all while there is none: nobody should need it to act.
  const further = alert.actions.filter((action) => !named.includes(action));
  const loading = (
    <Loading>
      <TextSkeleton lines={8} />
    </Loading>
  );
  return (
    <Section
      title={t("detail.runbook")}
      {...(shown?.updatedAt && {
        description: t.rich("detail.runbookEdited", {
          who: shown.updatedBy ?? "",
          ago: () => <RelativeTime at={shown.updatedAt ?? ""} />,
        }),
      })}
    >
      <div className="grid max-w-prose gap-3">
        {shown ? (
          <Suspense fallback={loading}>
            <RunbookText
              markdown={shown.markdown}
              renderButton={(action, words) => (
                <ActionButton action={action} alert={alert} orderId={orderId} actions={actions}>
                  {words}
                </ActionButton>
              )}
            />
          </Suspense>
        ) : error ? (
          <p className="text-ink-2">{t("detail.runbookUnread")}</p>
        ) : (
          loading
        )}
        {(shown || error) && further.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {further.map((action) => (
              <ActionButton
                key={action}
                action={action}
                alert={alert}
                orderId={orderId}
                actions={actions}
              >
                {/* i18n-use: alerts.action.word.* */}
                {t(`action.word.${action}`)}
              </ActionButton>
            ))}
          </div>
        )}
        <ActionOutcome actions={actions} />
      </div>
      <ActionDialogs alert={alert} order={order} actions={actions} />
    </Section>
  );
}
