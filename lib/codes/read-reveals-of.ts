import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";

/** The newest ones; whoever took more is found by the first. */
const MOST = 200;

/** One code that a person got out of the seal. */
export type RevealLine = {
  id: string;
  at: string;
  /** Shown to the person, or given on by a link that the person could open as well. */
  way: "shown" | "linked";
  codeId: string;
  mask: string;
  productName: string;
  customerRef: string | null;
  reason: string | null;
};

export type RevealsOf = { rows: RevealLine[]; readAt: string };

type Line = Omit<RevealLine, "at" | "way"> & { at: Date; action: string };

/** What a person revealed and handed out lately, by the audit log, the newest first. Throws `forbidden`. */
export async function readRevealsOf(
  core: Core,
  actor: Actor,
  personId: string,
): Promise<RevealsOf> {
  requirePermission(actor, "codes.reveal");
  const rows = await core.db.$queryRaw<Line[]>`
    with taken as (
      select e.seq, e.at, e.action, e.reason, e.object_kind, e.object_id
      from unnest(array['code.revealed', 'code.handed_out']) as way(action)
      cross join lateral (
        select * from audit_entries a
        where a.action in ('code.revealed', 'code.handed_out') and a.action = way.action
          and a.actor_id = ${personId}
        order by a.at desc limit ${MOST}) e)
    select t.seq::text as id, t.at, t.action, t.reason, c.id::text as "codeId", c.mask,
      p.name as "productName", c.customer_ref as "customerRef"
    from taken t
    join codes c on c.id = case when t.object_kind = 'code' then t.object_id::uuid end
    join stock_products p on p.id = c.stock_product_id
    order by t.seq desc limit ${MOST}`;
  return {
    rows: rows.map(({ at, action, ...line }) => ({
      ...line,
      at: at.toISOString(),
      way: action === "code.revealed" ? "shown" : "linked",
    })),
    readAt: core.now().toISOString(),
  };
}
