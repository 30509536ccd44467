import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";

/** Somebody who has just given his password. */
export const proved = (actor: Actor, { now }: Pick<Core, "now">): Actor =>
  actor.kind === "user" ? { ...actor, provedAt: now() } : actor;
