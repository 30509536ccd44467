import { Pool as PgPool } from "pg";
import { Pool, request } from "undici";
import { READS_AT_ONCE } from "../world/seed.ts";
import type { Contender } from "./contender.ts";

/** As many as Keyhold's own pool has. */
const CONNECTIONS = 12;

/**
 * What nobody can do without: ask, and write the answer down in a row, durably. No claim, no parsing, no
 * sealing, no state; two processes of it would do everything twice.
 */
export const bareLoop: Contender = async ({ databaseUrl, supplierUrl }) => {
  const database = new PgPool({ connectionString: databaseUrl, max: CONNECTIONS });
  const { origin, pathname } = new URL(supplierUrl);
  const supplier = new Pool(origin, { connections: READS_AT_ONCE });
  await database.query("create table bare (order_id uuid primary key, answer jsonb not null)");
  const { rows } = await database.query<{ id: string }>(
    "select id from orders where next_poll_at is not null",
  );
  const ids = rows.map(({ id }) => id);
  let loops: Promise<void>[] = [];

  async function loop(): Promise<void> {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      const { body } = await request(`${origin}${pathname}/api/orders/${id}`, {
        dispatcher: supplier,
      });
      await database.query({
        name: "write",
        text: "insert into bare (order_id, answer) values ($1, $2)",
        values: [id, await body.text()],
      });
    }
  }

  return {
    start() {
      loops = Array.from({ length: READS_AT_ONCE }, loop);
    },
    async stop() {
      await Promise.all(loops);
      await supplier.close();
      await database.end();
    },
  };
};
