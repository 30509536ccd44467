import { Client } from "pg";
import { afterAll, expect, it, vi } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import { compare, hurry, openFastSupplier, placeMany, settled } from "./run-engine.fixture.ts";
import { runEngine } from "./run-engine.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);

/** Ends every connection to the database, as its restart would, over and over until stopped. */
async function cutConnections(everyMs: number) {
  const name = new URL(url).pathname.slice(1);
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  let cuts = 0;
  let cutting = Promise.resolve();
  const cut = async () => {
    const { rowCount } = await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1",
      [name],
    );
    cuts += rowCount ?? 0;
  };
  const timer = setInterval(() => {
    cutting = cutting.then(cut);
  }, everyMs);
  return {
    cuts: () => cuts,
    async end() {
      clearInterval(timer);
      await cutting;
      await client.end();
    },
  };
}

it("survives a database that goes away again and again: nothing bought twice, nothing lost", async () => {
  const supplier = await openFastSupplier(db);
  await supplier.rule({ delayMs: 30 }, { endpoint: "create" });
  const ids = await placeMany(supplier, 24);
  const stop = new AbortController();
  const engines = [1, 2].map(() =>
    runEngine(supplier.ctx, { kind: "worker", signal: stop.signal }),
  );

  const trouble = await cutConnections(150);
  const [soonest, latest] = [Date.now() + 3_000, Date.now() + 60_000];
  while (Date.now() < soonest || (trouble.cuts() <= 20 && Date.now() < latest)) {
    await hurry(db).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await trouble.end();
  expect(trouble.cuts()).toBeGreaterThan(20);

  // Whatever was held by work that broke off comes back once its lease has run out.
  // The first to ask may still be handed a connection that was cut.
  await vi.waitFor(() => hurry(db, { deadLeases: true }), { timeout: 30_000 });
  await settled(db, 100_000);
  stop.abort();
  await Promise.all(engines);

  const { orders, orphans } = await compare(supplier.ctx, await supplier.truth());
  const count = (wanted: string) => orders.filter(({ status }) => status === wanted).length;
  const unconfirmed = count("unconfirmed");
  expect(count("completed") + unconfirmed).toBe(ids.length);
  // An answer that is held until it can be written down leaves no order in doubt. Where the attempt
  // was committed and nobody learnt of it, nothing was sent.
  expect(orphans).toBe(0);
  const creates = (await supplier.requests()).filter((request) => request === "POST create");
  expect(creates).toHaveLength(ids.length - unconfirmed);
}, 240_000);
