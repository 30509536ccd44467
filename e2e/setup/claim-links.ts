import { createHash, randomBytes, randomUUID } from "node:crypto";
import { hash } from "@node-rs/argon2";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

export type Link = { id: string; path: string; codeId: string };

/** Orders of the story with many codes, which nothing else looks at. */
const TAKEN_FROM = ["B2B-0072", "TG-88127"];

/** A link to a code of the story, as it is made when the code is handed out. */
export async function makeLink(sql: Sql, { pin }: { pin?: string } = {}): Promise<Link> {
  const [code] = await sql(
    `select c.id from codes c join orders o on o.id = c.order_id
     where c.state in ('available', 'reserved') and o.customer_ref = any($1::text[]) order by c.id limit 1`,
    [TAKEN_FROM],
  );
  if (!code) throw new Error("All codes of these orders are given.");
  const codeId = String(code.id);
  const [id, handOutId] = [randomUUID(), randomUUID()];
  const secret = randomBytes(32);
  await sql(
    `insert into hand_outs (id, customer_ref, way, actor_kind, actor_name, created_at)
     values ($1, 'E2E-CLAIM', 'link', 'job', 'e2e', now())`,
    [handOutId],
  );
  await sql(
    `update codes set state = 'handed_out', state_changed_at = now(), customer_ref = 'E2E-CLAIM', hand_out_id = $2
     where id = $1`,
    [codeId, handOutId],
  );
  await sql(
    `insert into claim_links (id, hand_out_id, secret_hash, pin_hash, created_at, actor_name, expires_at)
     values ($1, $2, $3, $4, now(), 'e2e', now() + interval '7 days')`,
    [
      id,
      handOutId,
      createHash("sha256").update(secret).digest("base64url"),
      pin ? await hash(pin, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }) : null,
    ],
  );
  return { id, path: `/claim/${id}#${secret.toString("base64url")}`, codeId };
}
