"use client";

import { clsx } from "clsx";
import { Activity } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, type ReactNode } from "react";
import { engineSigns, type HealthSign, supplierSigns } from "#components/shell/health.tsx";
import { useShell } from "#components/shell/live-shell.tsx";
import type { ShellState } from "#components/shell/shell-state.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";
import { toneSign } from "#components/ui/tone.ts";

const loadPanel = () => import("#components/shell/status-panel.tsx");
const StatusPanel = lazy(async () => ({ default: (await loadPanel()).StatusPanel }));

/** Are the suppliers and the engine well? Chips where there is room, one icon elsewhere. */
export function SystemStatus() {
  const t = useTranslations("shell");
  const { state } = useShell();
  const unwell = countUnwell(state);
  const summary =
    unwell === 0 ? t("status.summaryGood") : t("status.summaryBad", { count: unwell });
  const single = state.suppliers.length === 1 ? state.suppliers[0] : undefined;
  return (
    <Popover
      label={t("status.title")}
      preload={loadPanel}
      buttonProps={{
        className: clsx(
          buttonClass({ variant: "ghost", size: "sm" }),
          "h-(--control)! gap-3! px-2! text-ink!",
        ),
      }}
      button={
        <>
          <span className="sr-only">{`${t("status.title")}: ${summary}.`}</span>
          <span
            className={clsx("relative xl:hidden", unwell > 0 ? "text-look-solid" : "text-ink-2")}
          >
            <Activity aria-hidden />
          </span>
          {unwell > 0 && (
            <span className="-ml-2 min-w-4.5 rounded-full bg-look-soft text-center text-xs/4.5 font-medium text-look xl:hidden">
              {unwell}
            </span>
          )}
          {single && (
            <Chip sign={supplierSigns[single.health]}>
              {single.name}
              {single.health !== "ok" && ` · ${t(`status.supplierHealth.${single.health}`)}`}
            </Chip>
          )}
          {state.suppliers.length > 1 && <SuppliersChip suppliers={state.suppliers} />}
          <Chip sign={engineSigns[state.engine.health]}>
            {t("status.engine")}
            {state.engine.health !== "ok" &&
              ` · ${t(`status.engineHealth.${state.engine.health}`)}`}
          </Chip>
        </>
      }
    >
      <StatusPanel state={state} />
    </Popover>
  );
}

/** Several suppliers share one chip: the first that is unwell, else how many there are. */
function SuppliersChip({ suppliers }: { suppliers: ShellState["suppliers"] }) {
  const t = useTranslations("shell");
  const worst = suppliers.find(({ health }) => !supplierSigns[health].well);
  if (!worst) {
    return <Chip sign={supplierSigns.ok}>{suppliers.map(({ name }) => name).join(", ")}</Chip>;
  }
  return (
    <Chip sign={supplierSigns[worst.health]}>
      {worst.name} · {t(`status.supplierHealth.${worst.health}`)}
    </Chip>
  );
}

function Chip({ sign, children }: { sign: HealthSign; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5 text-xs font-medium max-xl:hidden [&_.lucide]:size-3.5">
      <span className={clsx("inline-flex", toneSign[sign.tone])}>{sign.icon}</span>
      <span className="max-w-44 truncate">{children}</span>
    </span>
  );
}

function countUnwell({ suppliers, engine }: ShellState): number {
  const signs = [
    ...suppliers.map(({ health }) => supplierSigns[health]),
    engineSigns[engine.health],
  ];
  return signs.filter(({ well }) => !well).length;
}
