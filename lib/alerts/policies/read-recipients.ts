import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import type { ChannelKind } from "#lib/deliveries/types.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Recipients } from "./types.ts";

const MOST_LISTED = 500;

/** Whom a policy can name: endpoints that are there, and people who can sign in. Throws `forbidden`. */
export async function readRecipients(core: Core, actor: Actor): Promise<Recipients> {
  requirePermission(actor, "alerts.configure");
  const [endpoints, people] = await Promise.all([
    core.db.endpoint.findMany({
      where: { deletedAt: null },
      orderBy: { name: "asc" },
      take: MOST_LISTED,
      select: { id: true, name: true, channel: true, disabledAt: true, pausedAt: true },
    }),
    core.db.user.findMany({
      where: { disabledAt: null },
      orderBy: { name: "asc" },
      take: MOST_LISTED,
      select: { id: true, name: true, email: true },
    }),
  ]);
  return {
    endpoints: endpoints.map(({ id, name, channel, disabledAt, pausedAt }) => ({
      ...{ id, name, channel: channel as ChannelKind },
      isOn: disabledAt === null && pausedAt === null,
    })),
    people,
    may: { addEndpoint: can(actor, "endpoints.manage") },
  };
}
