import { missingTriggers } from "./guards.ts";
import type { Check } from "./types.ts";

export const REVEAL_CHECKS: readonly Check[] = [
  {
    id: "I17",
    title: "Nobody has seen a code without the audit log knowing it.",
    sql: `
      with looked as (
        select c.id, c.order_id, c.hand_out_id, c.revealed_at from scope o join codes c on c.order_id = o.id
        union all
        select c.id, null, c.hand_out_id, c.revealed_at from clock join codes c
          on clock.since = '-infinity' and c.order_id is null)
      select l.id::text, 'was revealed at ' || l.revealed_at || ', and the audit log does not say to whom'
      from looked l
      where l.revealed_at is not null
        and not exists (
          select 1 from audit_entries e
          where e.object_kind = 'code' and e.object_id = l.id::text and e.action in ('code.revealed', 'code.pushed'))
        and not exists (
          select 1 from audit_entries e
          where e.object_kind = 'hand_out' and e.object_id = l.hand_out_id::text and e.action = 'claim_link.opened')
        -- Before codes had entries of their own, the order had them.
        and not exists (
          select 1 from audit_entries e
          where e.object_kind = 'order' and e.object_id = l.order_id::text and e.action = 'code.revealed'
            and e.details->>'codeId' = l.id::text)
      union all
      select distinct link.id::text, 'is a claim link that was opened, and the audit log does not know it'
      from looked l join claim_links link on link.hand_out_id = l.hand_out_id
      where link.opened_at is not null and not exists (
        select 1 from audit_entries e
        where e.object_kind = 'hand_out' and e.object_id = link.hand_out_id::text
          and e.action = 'claim_link.opened' and e.details->>'linkId' = link.id::text)
      union all ${missingTriggers("audit_append_only")}`,
  },
];
