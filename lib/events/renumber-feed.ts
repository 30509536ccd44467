import { Client } from "pg";

const IS_AHEAD =
  "select exists (select from events where feed_tx >= pg_snapshot_xmax(pg_current_snapshot())) as ahead";

/**
 * Gives the feed's events new numbers where they have some of another cluster that counted further: a logical dump
 * that was restored elsewhere. They, and all that follows them in their orders, would be hidden until this cluster
 * has counted as far. An order's events keep their order. For whoever migrates: it takes the tables' owner.
 * Answers whether it had to.
 */
export async function renumberFeed(ownerUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const isAhead = async () => (await client.query<{ ahead: boolean }>(IS_AHEAD)).rows[0]?.ahead;
  try {
    if (!(await isAhead())) return false;
    await client.query("begin");
    // No event comes in between: it would take its number after one of the old ones.
    await client.query("lock table events in share row exclusive mode");
    const isNeeded = (await isAhead()) ?? false;
    if (isNeeded) {
      await client.query("alter table events disable trigger events_kept");
      await client.query("update events set feed_tx = pg_current_xact_id()");
      await client.query("alter table events enable trigger events_kept");
    }
    await client.query("commit");
    return isNeeded;
  } finally {
    await client.end();
  }
}
