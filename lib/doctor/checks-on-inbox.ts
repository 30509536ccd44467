import { missingKeys } from "./guards.ts";
import type { Check } from "./types.ts";

/** A message waits no longer than this for somebody to work on it. */
const WORKED_ON_WITHIN = "interval '5 minutes'";
/** What is in trouble is told of in the transaction that makes it so. */
const TOLD_WITHIN = "interval '1 minute'";

export const INBOX_CHECKS: readonly Check[] = [
  {
    id: "I25",
    title: "What a supplier tells is worked on soon, or somebody is told that it can't be.",
    sql: `
      select m.id::text, 'waits since ' || m.next_at || ', and nobody works on it'
      from clock, inbox_messages m
      where m.next_at < clock.now - ${WORKED_ON_WITHIN}
      union all
      select m.id::text, 'is ' || m.state || ' since ' || m.settled_at || ', and nobody was told'
      from clock, inbox_messages m
      where m.state in ('unmatched', 'unreadable', 'failed') and m.next_at is null
        and m.settled_at < clock.now - ${TOLD_WITHIN}
        and not exists (
          select from system_signals s
          where s.subject = m.supplier_id::text
            and s.key = case m.state when 'unmatched' then 'inbox_unmatched' else 'inbox_unreadable' end
            and (s.cleared_at is null or s.cleared_at >= m.settled_at))
      union all ${missingKeys("inbox_messages_supplier_id_dedupe_key_key")}`,
  },
];
