import { isUuid } from "#lib/platform/ids.ts";
import { type AlertSeverity, SEVERITIES } from "./types.ts";

/** Where a page of the queue ended. */
export type AlertPlace = {
  isResolved: boolean;
  isMock: boolean;
  severity: AlertSeverity;
  /** When it was opened, or resolved. */
  at: Date;
  id: string;
};

type Last = {
  id: string;
  state: string;
  isMock: boolean;
  severity: AlertSeverity;
  openedAt: Date;
  resolvedAt: Date | null;
};

/** The place of a page's last row, as it travels in a URL. */
export function placeText({ id, state, isMock, severity, openedAt, resolvedAt }: Last): string {
  const at = state === "resolved" && resolvedAt ? resolvedAt : openedAt;
  const part = state === "resolved" ? "r" : "w";
  return [part, isMock ? "m" : "o", severity, at.getTime(), id].join("_");
}

/** Null for junk, and for none. */
export function parsePlace(text: string | undefined): AlertPlace | null {
  const [part, mock, severity, ms, id, ...rest] = text?.split("_") ?? [];
  const worst = SEVERITIES.find((one) => one === severity);
  if ((part !== "r" && part !== "w") || (mock !== "m" && mock !== "o") || !worst) return null;
  if (!ms || !/^\d{1,14}$/.test(ms) || !isUuid(id) || rest.length > 0) return null;
  return {
    isResolved: part === "r",
    isMock: mock === "m",
    ...{ severity: worst, at: new Date(Number(ms)), id },
  };
}
