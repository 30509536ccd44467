"use client";

import { useTranslations } from "next-intl";
import type { DecisionKind } from "#components/alerts/decision.ts";
import { DECISION_KEYS } from "#components/alerts/decision-keys.ts";
import { filterOfView, type QueueFilter, VIEWS } from "#components/alerts/queue-filter.ts";
import type { Shortcut } from "#components/shell/shortcuts.ts";
import { useShortcuts } from "#components/shell/use-shortcuts.ts";

export type QueueActs = {
  move: (by: 1 | -1) => void;
  /** Undefined where the reader may not decide. */
  decide: ((kind: DecisionKind) => void) | undefined;
  select: () => void;
  selectAll: () => void;
  unselect: () => void;
  undo: () => void;
  showNew: () => void;
  openOrder: () => void;
  show: (filter: QueueFilter) => void;
};

/** One key for each thing that is done in the queue. */
export function useQueueKeys(acts: QueueActs): void {
  const t = useTranslations("alerts.queue");
  const view = useTranslations("alerts.view");
  const { decide } = acts;
  const go = { group: t("keys.go") };
  const many = { group: t("keys.many") };
  const decisions = Object.entries(DECISION_KEYS) as [DecisionKind, string][];
  const shortcuts: Shortcut[] = [
    {
      ...go,
      keys: ["j", "ArrowDown"],
      label: t("keys.next"),
      repeats: true,
      run: () => acts.move(1),
    },
    {
      ...go,
      keys: ["k", "ArrowUp"],
      label: t("keys.previous"),
      repeats: true,
      run: () => acts.move(-1),
    },
    { ...go, keys: ["o"], label: t("keys.order"), run: acts.openOrder },
    { ...go, keys: ["."], label: t("keys.show"), run: acts.showNew },
    { ...go, keys: ["/"], label: t("keys.search"), run: null },
    ...VIEWS.map((name, index) => ({
      ...go,
      keys: [String(index + 1)],
      label: view(name),
      run: () => acts.show(filterOfView(name)),
    })),
  ];
  const deciding: Shortcut[] = !decide
    ? []
    : [
        ...decisions.map(([kind, key]) => ({
          group: t("keys.decide"),
          keys: [key],
          label: t(`act.${kind}`),
          run: () => decide(kind),
        })),
        { group: t("keys.decide"), keys: ["z"], label: t("keys.undo"), run: acts.undo },
        { ...many, keys: ["x"], label: t("keys.select"), run: acts.select },
        { ...many, keys: ["shift+a"], label: t("keys.selectAll"), run: acts.selectAll },
        { ...many, keys: ["Escape"], label: t("keys.unselect"), run: acts.unselect },
      ];
  useShortcuts([...deciding, ...shortcuts]);
}
