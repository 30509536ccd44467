"use client";

import { Bell, BellRing } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy } from "react";
import { useAlarmSetting } from "#components/live/alarm-setting.ts";
import { buttonClass } from "#components/ui/button-class.ts";
import { Popover } from "#components/ui/popover.tsx";

// Fetched when the menu is opened.
const loadPanel = () => import("#components/alerts/alarm-panel.tsx");
const AlarmPanel = lazy(async () => ({ default: (await loadPanel()).AlarmPanel }));

/** What this device does when an alert opens. */
export function AlarmMenu() {
  const t = useTranslations("alerts.notify");
  const { sound, browser } = useAlarmSetting();
  const on = sound || browser;
  return (
    <Popover
      label={t("button")}
      preload={loadPanel}
      button={
        <>
          {on ? <BellRing aria-hidden className="text-accent" /> : <Bell aria-hidden />}
          <span className="sr-only">{t("button")}</span>
        </>
      }
      buttonProps={{
        className: buttonClass({ variant: "ghost", square: true }),
        ...{ "data-tip": t("button") },
      }}
    >
      <AlarmPanel />
    </Popover>
  );
}
