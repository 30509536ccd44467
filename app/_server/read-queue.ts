import { parseAlertFilter } from "#lib/alerts/alert-filter.ts";
import { catchUp } from "#lib/alerts/catch-up.ts";
import { readAlerts } from "#lib/alerts/read-alerts.ts";
import type { AlertPage } from "#lib/alerts/types.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import type { UserActor } from "./current-actor.ts";

/** A page of the queue as its address asks for it; what nobody has judged lately is judged first. */
export async function readQueue(
  ctx: Runtime,
  actor: UserActor,
  query: URLSearchParams,
): Promise<AlertPage> {
  await catchUp(ctx);
  const after = query.get("after");
  return readAlerts(ctx, actor, parseAlertFilter(query), after ? { after } : {});
}
