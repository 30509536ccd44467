import { afterAll, expect, it } from "vitest";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { countRequest } from "./count-request.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const count = (key: string, limit: number, times: number) =>
  Promise.all(Array.from({ length: times }, () => countRequest(ctx, key, limit)));

it("gives each of those that are counted together a number of its own", async () => {
  const [ours, theirs] = await Promise.all([count("key:a", 5, 8), count("key:b", 100, 3)]);
  expect(ours.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0, 0]);
  expect(ours.filter(({ isOver }) => isOver)).toHaveLength(3);
  expect(theirs.map(({ remaining }) => remaining)).toEqual([99, 98, 97]);
  expect(await count("key:b", 100, 2)).toMatchObject([{ remaining: 96 }, { remaining: 95 }]);
});

it("counts nobody's knocking beyond his limit, and begins anew with the next minute", async () => {
  await count("key:c", 5, 50);
  await count("key:c", 5, 50);
  expect(await countRequest(ctx, "key:c", 5)).toMatchObject({ remaining: 0, isOver: true });
  // Whoever may have more since, has had no more than he was let through for.
  expect(await countRequest(ctx, "key:c", 100)).toMatchObject({ isOver: false });
  clock.advance(59_000);
  expect(await countRequest(ctx, "key:c", 5)).toMatchObject({ isOver: true, resetSeconds: 1 });
  clock.advance(1_000);
  const next = await count("key:c", 5, 6);
  expect(next.map(({ isOver }) => isOver)).toEqual([...Array(5).fill(false), true]);
  expect(next[0]).toMatchObject({ remaining: 4, resetSeconds: 60 });
});
