import type { Actor } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { openSystemSignal } from "#lib/signals/system-signals.ts";
import {
  LINKED_AN_HOUR,
  LINKED_UNUSUAL,
  REVEALS_AN_HOUR,
  REVEALS_UNUSUAL,
} from "./reveal-limits.ts";

const HOUR_MS = 3_600_000;

type Person = Extract<Actor, { kind: "user" }>;

/** What a person gets out of the seal, and how much of it within an hour. */
const OUTLETS = {
  /** Shown to himself. */
  shown: { action: "code.revealed", most: REVEALS_AN_HOUR, unusual: REVEALS_UNUSUAL },
  /** By links, which he could open as well as his customer. */
  linked: { action: "code.handed_out", most: LINKED_AN_HOUR, unusual: LINKED_UNUSUAL },
} as const;

export type Outlet = keyof typeof OUTLETS;

/** How many a person has had within the hour, and may have. */
export type Taken = { person: Person; outlet: Outlet; count: number; most: number };

/**
 * How many codes the person got this way within the last hour, by the audit log, with his other reveals and
 * hand-outs kept waiting until this transaction ends: so many at once can't pass the cap.
 * @returns also when the next one is free, where the cap is reached
 */
export async function countReveals(
  tx: Tx,
  core: Pick<Core, "now">,
  person: Person,
  outlet: Outlet = "shown",
): Promise<Taken & { freeAt: Date | null }> {
  const { action, most } = OUTLETS[outlet];
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`reveals ${person.id}`}, 0))`;
  const since = new Date(core.now().getTime() - HOUR_MS);
  const rows = await tx.$queryRaw<{ count: number; oldest: Date | null }[]>`
    select count(*)::int as count, min(at) as oldest from (
      select at from audit_entries
      where action in ('code.revealed', 'code.handed_out') and action = ${action}
        and actor_id = ${person.id} and at > ${since}
      order by at desc limit ${most}) latest`;
  const { count, oldest } = rows[0] ?? { count: 0, oldest: null };
  const full = count >= most && oldest !== null;
  const freeAt = full ? new Date(oldest.getTime() + HOUR_MS) : null;
  return { person, outlet, count, most, freeAt };
}

/** Tells others once that somebody gets unusually many codes out of the seal. */
export async function watchVolume(
  tx: Tx,
  core: Pick<Core, "now" | "newId">,
  { person, outlet, count }: Taken,
  more: number,
): Promise<void> {
  if (count + more < OUTLETS[outlet].unusual) return;
  const data = { person: person.name, count: count + more, linked: outlet === "linked" };
  await openSystemSignal(tx, core, "reveals_unusual", person.id, data);
}
