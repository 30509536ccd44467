import type { Core } from "#lib/platform/core.ts";
import type { AlertSeverity, AlertState } from "./types.ts";

export type AlertLoad = {
  state: Exclude<AlertState, "resolved">;
  severity: AlertSeverity;
  count: number;
  /** Since the oldest of them was opened. */
  oldestSeconds: number;
};

/** Unresolved alerts that aren't of mock orders, by state and severity; for metrics. */
export async function readAlertLoad({ db, now }: Pick<Core, "db" | "now">): Promise<AlertLoad[]> {
  const rows = await db.$queryRaw<(Omit<AlertLoad, "oldestSeconds"> & { oldestAt: Date })[]>`
    select state::text, severity::text, count(*)::int as count, min(opened_at) as "oldestAt"
    from alerts where state <> 'resolved' and not is_mock
    group by alerts.state, alerts.severity order by alerts.state, alerts.severity`;
  return rows.map(({ oldestAt, ...row }) => ({
    ...row,
    oldestSeconds: Math.max(0, now().getTime() - oldestAt.getTime()) / 1_000,
  }));
}
