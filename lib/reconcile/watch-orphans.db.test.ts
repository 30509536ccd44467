import { afterAll, expect, it } from "vitest";
import { raiseAlerts } from "#lib/alerts/raise-alerts.ts";
import { scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { watchOrphans } from "./watch-orphans.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);
const { id: supplierId } = ctx.account;
/** Another process, whose clock is behind. */
const behind = () => new Date(clock.now().getTime() - 4_000);

let mirrored = 0;
async function leftOver(count: number, attributedAt: Date): Promise<void> {
  await db.supplierOrder.createMany({
    data: Array.from({ length: count }, () => ({
      ...{ supplierId, supplierOrderId: `orphan_${mirrored++}`, state: "awaiting_payment" },
      ...{ word: "awaiting_payment", items: [], attribution: "orphan", attributedAt },
      ...{ firstSeenAt: attributedAt, lastSeenAt: attributedAt },
    })),
  });
}
const watch = (now: () => Date = clock.now) =>
  db.$transaction((tx) => watchOrphans(tx, { ...ctx, now }, supplierId));
const told = () => db.systemSignal.count({ where: { key: "orphans_many" } });
/** Somebody is told of what stands. */
async function raise(): Promise<void> {
  while ((await raiseAlerts(ctx)) === "again");
}

it("tells anew of each time that as many have come, whatever clocks say", async () => {
  await leftOver(21, clock.now());
  await watch();
  await raise();
  await leftOver(20, behind());
  await watch();
  expect(await told()).toBe(1);
  await leftOver(1, behind());
  await watch();
  expect(await told()).toBe(2);
  await raise();
  // Told by the clock that is behind, nothing of before counts once more.
  await leftOver(21, clock.now());
  await watch(behind);
  await raise();
  expect(await told()).toBe(3);
  await watch();
  await watch(behind);
  expect(await told()).toBe(3);
});
