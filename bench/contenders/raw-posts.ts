import { Pool as PgPool } from "pg";
import { Pool, request } from "undici";
import { bodyOf, type StoredEvent } from "#lib/events/body-of.ts";
import { SENDS_AT_ONCE } from "../world/seed-deliveries.ts";
import type { Contender } from "./contender.ts";

/** What nobody can do without: post the bodies, as many at once as Keyhold may. Signs nothing, keeps nothing. */
export const rawPosts: Contender = async ({ databaseUrl }) => {
  const database = new PgPool({ connectionString: databaseUrl, max: 1 });
  const { rows: events } = await database.query<StoredEvent>("select * from events");
  const { rows } = await database.query<{ url: string }>(
    "select config ->> 'url' as url from endpoints",
  );
  await database.end();
  const url = rows[0]?.url ?? "";
  const receiver = new Pool(new URL(url).origin, { connections: SENDS_AT_ONCE });
  const bodies = events.map((event) => bodyOf(event, null).body);
  let loops: Promise<void>[] = [];

  async function loop(): Promise<void> {
    for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
      const answer = await request(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        dispatcher: receiver,
      });
      await answer.body.dump();
    }
  }

  return {
    start() {
      loops = Array.from({ length: SENDS_AT_ONCE }, loop);
    },
    async stop() {
      await Promise.all(loops);
      await receiver.close();
    },
  };
};
