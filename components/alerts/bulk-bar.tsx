"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { DecisionBar, ThumbBar } from "#components/alerts/decision-bar.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { AlertState } from "#lib/alerts/types.ts";

/** Counting ends here. */
const MOST = 1_000;
/** A note is written on so many at most. */
const MOST_NOTES = 100;

export type BulkBarProps = {
  /** How many are selected. */
  count: number;
  /** All that match are meant, on every page. */
  all: boolean;
  /** How many match; counted up to a thousand. */
  total: number;
  /** All that are shown are selected. */
  whole: boolean;
  /** How many are shown. */
  shown: number;
  states: readonly AlertState[];
  onShown: () => void;
  onAll: () => void;
  onClear: () => void;
  onDecide: (kind: DecisionKind) => void;
};

/** What is done to all that are selected, in place of what is done to the open one. */
export function BulkBar(props: BulkBarProps) {
  const { all, count, states, onDecide } = props;
  return (
    <div className="sticky top-(--topbar) z-11 flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-accent-line bg-accent-soft px-(--gutter) py-1.5 max-lg:hidden">
      <DecisionBar states={states} notes={!all && count <= MOST_NOTES} onDecide={onDecide} />
      <Selected {...props} />
    </div>
  );
}

/** The same for a phone. */
export function BulkThumbBar(props: BulkBarProps) {
  const { all, count, states, onDecide } = props;
  return (
    <ThumbBar
      states={states}
      notes={!all && count <= MOST_NOTES}
      onDecide={onDecide}
      above={
        <div className="px-gutter flex min-h-11 items-center gap-x-3 border-b border-line bg-accent-soft">
          <Selected {...props} />
        </div>
      }
    />
  );
}

function Selected(props: BulkBarProps) {
  const { count, all, total, whole, shown, onShown, onAll, onClear } = props;
  const t = useTranslations("alerts.bulk");
  const many = total >= MOST;
  const every = many ? t("allCountMany") : t("allCount", { count: total });
  return (
    <>
      <strong role="status" className="font-medium">
        {all ? every : t("count", { count })}
      </strong>
      {!whole && !all && (
        <Button size="sm" variant="ghost" className="text-accent!" onClick={onShown}>
          {t("shown", { count: shown })}
        </Button>
      )}
      {whole && !all && total > count && (
        <Button size="sm" variant="ghost" className="text-accent!" onClick={onAll}>
          {many ? t("allMany") : t("all", { count: total })}
        </Button>
      )}
      <IconButton size="sm" label={t("clear")} onClick={onClear} className="ml-auto">
        <X aria-hidden />
      </IconButton>
    </>
  );
}
