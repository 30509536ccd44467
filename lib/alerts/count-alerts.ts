import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { MOST_AT_ONCE } from "./alert-policy.ts";
import type { AlertCounts } from "./types.ts";

const { sql } = Prisma;

const upTo = (condition: Prisma.Sql) => sql`(
  select count(*)::int from (
    select from alerts where state <> 'resolved' and not is_mock and ${condition} limit ${MOST_AT_ONCE}::int) few)`;

/** How much waits for somebody: for the navigation, the page title and the overview. */
export async function countAlerts({ db }: Pick<Core, "db">, actor: Actor): Promise<AlertCounts> {
  requirePermission(actor, "alerts.read");
  const me = actor.kind === "user" ? actor.id : null;
  const open = (severity: string) =>
    upTo(sql`state = 'open' and severity = ${severity}::alert_severity`);
  const [row] = await db.$queryRaw<
    (Omit<AlertCounts, "bySeverity" | "critical"> & AlertCounts["bySeverity"])[]
  >`
    select ${upTo(sql`state = 'open'`)} as open,
      ${open("critical")} as critical, ${open("warning")} as warning, ${open("info")} as info,
      ${upTo(sql`assignee_id = ${me}::uuid`)} as mine,
      ${upTo(sql`state = 'acknowledged'`)} as acknowledged, ${upTo(sql`state = 'snoozed'`)} as snoozed`;
  const { open: all = 0, critical = 0, warning = 0, info = 0 } = row ?? {};
  const { mine = 0, acknowledged = 0, snoozed = 0 } = row ?? {};
  return {
    ...{ open: all, critical, mine, acknowledged, snoozed },
    bySeverity: { critical, warning, info },
  };
}
