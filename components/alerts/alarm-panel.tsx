"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { changeAlarm, useAlarmSetting } from "#components/live/alarm-setting.ts";
import { ring } from "#components/live/ring.ts";
import { Button } from "#components/ui/button.tsx";
import { Switch } from "#components/ui/checkbox.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { SEVERITIES } from "#lib/alerts/types.ts";

const isKnown = () => typeof Notification !== "undefined";

/** Sound and notifications, switched on for this device alone. */
export function AlarmPanel() {
  // i18n-use: alerts.notify.critical i18n-use: alerts.notify.warning i18n-use: alerts.notify.info
  const t = useTranslations("alerts.notify");
  const { sound, browser, from } = useAlarmSetting();
  const [refused, setRefused] = useState(isKnown() && Notification.permission === "denied");

  async function switchBrowser(on: boolean): Promise<void> {
    if (!on) return changeAlarm({ browser: false });
    const answer = await Notification.requestPermission();
    setRefused(answer === "denied");
    changeAlarm({ browser: answer === "granted" });
  }

  return (
    <div className="grid w-72 gap-4 p-4">
      <p className="text-xs text-ink-2">{t("device")}</p>
      <Switch
        label={t("sound")}
        hint={t("soundHint")}
        checked={sound}
        onChange={({ target }) => {
          changeAlarm({ sound: target.checked });
          // Heard once, whoever switches it on knows what it will be.
          if (target.checked) void ring();
        }}
      />
      <Switch
        label={t("browser")}
        hint={t(!isKnown() ? "unsupported" : refused ? "refused" : "browserHint")}
        disabled={!isKnown()}
        checked={browser && !refused}
        onChange={({ target }) => void switchBrowser(target.checked)}
      />
      <Field label={t("from")}>
        {(control) => (
          <Select
            {...control}
            value={from}
            disabled={!sound && !browser}
            options={SEVERITIES.toReversed().map((value) => ({ value, label: t(value) }))}
            onChange={({ target }) =>
              changeAlarm({ from: SEVERITIES.find((one) => one === target.value) ?? "warning" })
            }
          />
        )}
      </Field>
      {sound && (
        <Button size="sm" onClick={() => void ring()} className="justify-self-start">
          {t("try")}
        </Button>
      )}
    </div>
  );
}
