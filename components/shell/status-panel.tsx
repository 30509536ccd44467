"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { engineSigns, type HealthSign, supplierSigns } from "#components/shell/health.tsx";
import type { ShellState } from "#components/shell/shell-state.ts";
import { Link } from "#components/ui/link.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";

/** Each supplier and the engine: how they are, and when that was last known. */
export function StatusPanel({ state }: { state: ShellState }) {
  const t = useTranslations("shell");
  const ago = useAgo();
  const now = useClock();
  const since = (at: string) => ago(now - Date.parse(at));
  const { engine, suppliers } = state;
  return (
    <div className="w-76">
      <h2 className="border-b border-line px-4 py-2.5 font-semibold">{t("status.title")}</h2>
      <ul>
        {suppliers.map(({ name, health, checkedAt }) => (
          <Line
            key={name}
            name={name}
            sign={supplierSigns[health]}
            word={t(`status.supplierHealth.${health}`)}
            when={checkedAt ? t("status.checked", { ago: since(checkedAt) }) : t("status.never")}
          />
        ))}
        {suppliers.length === 0 && (
          <li className="border-b border-line px-4 py-2.5 text-ink-2">{t("status.none")}</li>
        )}
        <Line
          name={t("status.engine")}
          sign={engineSigns[engine.health]}
          word={t(`status.engineHealth.${engine.health}`)}
          when={
            engine.lastBeatAt
              ? t("status.beat", { ago: since(engine.lastBeatAt) })
              : t("status.neverBeat")
          }
        />
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-2">
        <Link href="/suppliers" className="text-xs">
          {t("status.suppliers")}
        </Link>
        <LiveStamp heardAt={state.readAt} staleAfterMs={45_000} />
      </div>
    </div>
  );
}

function Line({
  name,
  sign,
  word,
  when,
}: {
  name: ReactNode;
  sign: HealthSign;
  word: string;
  when: string;
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-b border-line px-4 py-2.5">
      <span className="truncate font-medium">{name}</span>
      <StatusBadge tone={sign.tone} icon={sign.icon}>
        {word}
      </StatusBadge>
      <span className="text-xs text-ink-2">{when}</span>
    </li>
  );
}
