import { useSyncExternalStore } from "react";

/** What this device does when an alert opens. It is the device's own: nothing of it is on the server. */
export type AlarmSetting = {
  sound: boolean;
  browser: boolean;
  /** From how bad on. */
  from: "info" | "warning" | "critical";
};

const KEY = "keyhold:alarm";
const OFF: AlarmSetting = { sound: false, browser: false, from: "warning" };
const LEVELS = ["info", "warning", "critical"] as const;

const listeners = new Set<() => void>();
let kept: { text: string | null; setting: AlarmSetting } = { text: null, setting: OFF };

/** As it is at present, in whatever tab it was changed. */
export function alarmSetting(): AlarmSetting {
  const text = readText();
  if (text !== kept.text) kept = { text, setting: parse(text) };
  return kept.setting;
}

export function changeAlarm(to: Partial<AlarmSetting>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...alarmSetting(), ...to }));
  } catch {
    // A browser that keeps nothing rings for nothing.
  }
  for (const listener of listeners) listener();
}

export const useAlarmSetting = (): AlarmSetting =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      window.addEventListener("storage", listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener("storage", listener);
      };
    },
    alarmSetting,
    () => OFF,
  );

/** Whether one of this severity is to be heard of. */
export const isLoudEnough = (severity: AlarmSetting["from"], { from }: AlarmSetting): boolean =>
  LEVELS.indexOf(severity) >= LEVELS.indexOf(from);

function readText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function parse(text: string | null): AlarmSetting {
  try {
    const { sound, browser, from } = JSON.parse(text ?? "null") ?? {};
    const level = LEVELS.find((one) => one === from) ?? OFF.from;
    return { sound: sound === true, browser: browser === true, from: level };
  } catch {
    return OFF;
  }
}
