import { cookies } from "next/headers";
import { pickTimeZone, timeZoneCookie } from "#i18n/preferences.ts";
import type { Runtime } from "#lib/engine/runtime.ts";
import { readOverview } from "#lib/overview/read-overview.ts";
import { readTrends } from "#lib/overview/read-trends.ts";
import type { Overview, Trends } from "#lib/overview/types.ts";
import type { UserActor } from "./current-actor.ts";

/** What the overview shows; its days are those of the reader's clock. */
export async function overview(ctx: Runtime, actor: UserActor): Promise<Overview> {
  return readOverview(ctx, actor, { timeZone: await readersTimeZone() });
}

/** What it draws. */
export async function trends(ctx: Runtime, actor: UserActor): Promise<Trends> {
  return readTrends(ctx, actor, { timeZone: await readersTimeZone() });
}

async function readersTimeZone(): Promise<string> {
  return pickTimeZone((await cookies()).get(timeZoneCookie)?.value);
}
