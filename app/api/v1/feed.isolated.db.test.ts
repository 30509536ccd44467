import { afterAll, describe, expect, it } from "vitest";
import { announce } from "#lib/events/announce.ts";
import { openDb } from "#lib/platform/db.ts";
import { createOrder, scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { ask, keyWith, serveApi } from "./api.fixture.ts";

const { db, url: databaseUrl, drop } = await createTestDatabase();
const ctx = await testContext(db, scriptedSupplier());
const api = await serveApi(ctx, databaseUrl);
afterAll(async () => {
  await api.close();
  await drop();
});
const shop = await keyWith(ctx);
const read = (path: string) => ask(api.url, shop.key, path);

describe("GET /events", () => {
  const tell = (at = new Date(), orderId: string | null = null, type = "alert.opened") => ({
    type: type as "alert.opened",
    ...{ version: 1, subject: "test", orderId, isMock: false, productIds: [], at },
    data: { key: "test", subject: "test", orderId, openedAt: at.toISOString(), data: {} },
  });

  async function all(after: string | null = null): Promise<{ ids: string[]; next: string | null }> {
    const ids: string[] = [];
    let next = after;
    for (;;) {
      const { json } = await read(`/events?limit=3${next ? `&after=${next}` : ""}`);
      ids.push(...json.data.map(({ id }: { id: string }) => id));
      next = json.next;
      if (!json.hasMore) return { ids, next };
    }
  }

  it("never passes what is still being committed, and then brings it", async () => {
    const slow = openDb(databaseUrl);
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isWritten: () => void = () => undefined;
    const written = new Promise<void>((resolve) => {
      isWritten = resolve;
    });
    const first = slow.$transaction(
      async (tx) => {
        await announce(tx, ctx, [tell()], new Date());
        isWritten();
        await held;
      },
      { timeout: 30_000 },
    );
    await written;
    await db.$transaction((tx) => announce(tx, ctx, [tell(), tell()], new Date()));
    const before = await all();
    expect(before.ids).toEqual([]);
    letGo();
    await first;
    await slow.$disconnect();
    await expect.poll(async () => (await all(before.next)).ids.length).toBe(3);
  });

  it("brings each event of many writers exactly once, in the order of its order's sequence", async () => {
    const orders = await Promise.all(
      Array.from({ length: 4 }, () => createOrder(db, ctx.account.id)),
    );
    const start = (await all()).next;
    const seen: string[] = [];
    let cursor = start;
    let isWriting = true;
    const reader = (async () => {
      while (isWriting) {
        const page = await all(cursor);
        seen.push(...page.ids);
        cursor = page.next;
      }
    })();
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; n < 15; n++) {
        await db.$transaction(async (tx) => {
          // Some have a transaction number long before they get the order's lock.
          if (writer % 2 === 0) await tx.$queryRaw`select pg_current_xact_id()::text`;
          const id = orders[(writer + n) % 4]?.order.id ?? "";
          await tx.$executeRaw`select 1 from orders where id = ${id}::uuid for no key update`;
          await announce(tx, ctx, [tell(new Date(), id)], new Date());
        });
      }
    });
    await Promise.all(writers);
    isWriting = false;
    await reader;
    const told = await db.outboundEvent.findMany({
      where: { orderId: { in: orders.map(({ order }) => order.id) } },
    });
    await expect
      .poll(async () => {
        const page = await all(cursor);
        seen.push(...page.ids);
        cursor = page.next;
        return seen.length;
      })
      .toBe(90);
    expect(new Set(seen)).toEqual(new Set(told.map(({ id }) => id)));
    for (const { order } of orders) {
      const sequences = seen.flatMap((id) => {
        const event = told.find((one) => one.id === id && one.orderId === order.id);
        return event ? [event.sequence ?? 0] : [];
      });
      expect(sequences).toEqual([...sequences].sort((left, right) => left - right));
    }
    expect((await all(start)).ids).toEqual(seen);
  });

  it("refuses a cursor that is no event", async () => {
    const reply = await read("/events?after=01a1fce4-0d33-734b-960a-001e736339d2");
    expect([reply.status, reply.json.errors[0].parameter]).toEqual([422, "after"]);
  });
});
