"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { attentionProps } from "#components/live/attention-props.ts";
import { FloatingNewRows } from "#components/live/floating-new-rows.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import type { SettledList } from "#components/live/use-settled-list.ts";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";

/** The rows in whatever state they are: there, on their way, none, or not to be had. */
export function LiveRows<Row>({
  label,
  list,
  failed,
  failedBody,
  empty,
  children,
}: {
  /** Names the rows for screen readers. */
  label: string;
  list: SettledList<Row>;
  /** What to say when there is nothing to show but an error. */
  failed: string;
  failedBody: string;
  empty: ReactNode;
  /** The table. */
  children: ReactNode;
}) {
  const t = useTranslations("ui");
  const { held, error, fits } = list;
  if (error && !fits) {
    return (
      <ErrorState
        title={failed}
        reference={error.reference ?? null}
        action={<Button onClick={list.retry}>{t("error.retry")}</Button>}
      >
        {failedBody}
      </ErrorState>
    );
  }
  if (!fits && held.rows.length === 0) return <TableSkeleton />;
  if (held.rows.length === 0 && list.waiting === 0) return empty;
  return (
    <>
      <StaleNotice error={error} retry={list.retry} />
      <FloatingNewRows count={list.waiting} onShow={list.showWaiting} />
      <section aria-label={label} className="border-t border-line" {...attentionProps(list.attend)}>
        {children}
      </section>
    </>
  );
}
