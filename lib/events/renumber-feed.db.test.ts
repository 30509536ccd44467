import { afterAll, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { announce } from "./announce.ts";
import { readFeed } from "./read-feed.ts";
import { renumberFeed } from "./renumber-feed.ts";

const { db, url, drop } = await createTestDatabase();
afterAll(drop);
const ctx = {
  ...(await testContext(db, scriptedSupplier())),
  consoleUrl: "https://ops.example.com",
};

async function tell(orderId: string | null): Promise<string> {
  const at = new Date();
  await db.$transaction((tx) =>
    announce(
      tx,
      ctx,
      [
        {
          ...{ type: "alert.opened", version: 1, subject: "test", orderId, isMock: false },
          ...{ productIds: [], at },
          data: { key: "test", subject: "test", orderId, openedAt: at.toISOString(), data: {} },
        },
      ],
      at,
    ),
  );
  const { id } = await db.outboundEvent.findFirstOrThrow({ orderBy: { id: "desc" } });
  return id;
}

const numbers = () =>
  db.$queryRaw<{ id: string; tx: string }[]>`
    select id::text, feed_tx::text as tx from events order by id`;
const feed = async () => {
  const asked = { after: null, limit: 100 };
  const page = await readFeed(ctx, { kind: "job", name: "test" }, asked);
  return page?.events.map(({ id }) => id) ?? [];
};

it("shows what another cluster had numbered, and what comes after it, and can be called again", async () => {
  const { order } = await createOrder(db, ctx.account.id);
  const before = [await tell(order.id), await tell(order.id), await tell(null)];
  await expect.poll(feed).toHaveLength(3);
  const sound = await numbers();
  expect(await renumberFeed(url)).toBe(false);
  expect(await numbers()).toEqual(sound);

  // As a restored dump has them: the other cluster was further on.
  await db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRaw`update events set feed_tx = (feed_tx::text::bigint + 900000000)::text::xid8`,
  ]);
  const next = await tell(order.id);
  expect(await feed()).toEqual([]);

  expect(await Promise.all([renumberFeed(url), renumberFeed(url)])).toContain(true);
  await expect.poll(feed).toHaveLength(4);
  const shown = await feed();
  expect([...shown].sort()).toEqual([...before, next].sort());
  const ofOrder = [before[0], before[1], next];
  expect(shown.filter((id) => ofOrder.includes(id))).toEqual(ofOrder);
  const last = await tell(order.id);
  await expect.poll(feed).toEqual([...shown, last]);
  await expect(db.$executeRaw`update events set subject = 'x'`).rejects.toThrow("neither changed");
});
