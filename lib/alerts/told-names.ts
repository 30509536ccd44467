/** What those who are told of an alert `a` know things by. Private to this room. */
import { Prisma } from "#prisma/generated/client.ts";
import { SUBJECT } from "./alert-row.ts";

const { sql } = Prisma;

/** `about` is the subject as its readers call it; not a person, who is the house's to know. */
export const TOLD_NAMES = sql`
  s.slug as supplier, coalesce(o.client_ref, n.name, p.name, k.name) as about`;

export const TOLD_JOINS = sql`
  left join suppliers s on s.id = a.supplier_id
  left join orders o on o.id = a.order_id
  left join endpoints n on n.id = ${SUBJECT} and (a.kind like 'endpoint\\_%' or a.kind = 'notices_failed')
  left join stock_products p on p.id = ${SUBJECT} and a.kind in ('stock_low', 'codes_expiring')
  left join api_keys k on k.id = ${SUBJECT} and a.kind = 'key_opens_old_codes'`;
