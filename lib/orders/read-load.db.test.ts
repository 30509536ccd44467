import { afterAll, expect, it } from "vitest";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { readLoad } from "./read-load.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const secondsAgo = (seconds: number) => new Date(clock.now().getTime() - seconds * 1_000);
const add = (facts: Parameters<typeof createOrder>[2]) => createOrder(db, ctx.account.id, facts);

it("counts what waits, what is late and what the completed ones took", async () => {
  expect(await readLoad(ctx)).toEqual([]);
  await add({
    nextPollAt: secondsAgo(-4),
    lastLookedAt: secondsAgo(4),
    statusChangedAt: secondsAgo(9),
  });
  await add({ nextPollAt: secondsAgo(30), failedLooks: 1 });
  await add({ nextPollAt: secondsAgo(90), status: "submitting", supplierOrderId: null });
  const done = { status: "completed", nextPollAt: null } as const;
  await add({ ...done, finishedAt: secondsAgo(600), tookMs: 20_000, looks: 3 });
  await add({ ...done, finishedAt: secondsAgo(3_000), tookMs: 30_000, looks: 4 });
  await add({ ...done, finishedAt: secondsAgo(4_000), tookMs: 30_000, looks: 9 });
  expect(await readLoad(ctx)).toEqual([
    {
      supplierId: ctx.account.id,
      waiting: 3,
      due: 2,
      overdue: 1,
      oldestDueAt: secondsAgo(90).toISOString(),
      retrying: 1,
      completedLastHour: 2,
      looksOfCompleted: 7,
      halfWaitMs: 4_000,
    },
  ]);
});
