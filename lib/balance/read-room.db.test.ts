import { afterAll, expect, it } from "vitest";
import {
  createOrder,
  scriptedSupplier,
  testActor,
  testClock,
  testContext,
} from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { explainBalances } from "./explain-balances.ts";
import { readBalanceRoom } from "./read-room.ts";
import { readRunway } from "./read-runway.ts";
import { recordTopUp } from "./record-top-up.ts";
import { sampleBalance } from "./sample-balance.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
let available = "100";
const supplier = scriptedSupplier({
  getBalances: async () => ({
    kind: "accepted",
    value: [{ currency: "USD", available, reserved: "0", pending: "0" }],
  }),
});
const ctx = await testContext(db, supplier, clock);
const supplierId = ctx.account.id;
const asha = testActor("operator");
const MINUTE = 60_000;

async function to(amount: string) {
  available = amount;
  clock.advance(30 * MINUTE);
  await sampleBalance(ctx, ctx.account, "refresh");
  await explainBalances(ctx);
}
const pay = (agreedTotal: string) =>
  createOrder(db, supplierId, {
    ...{ status: "completed", agreedTotal, createdAt: clock.now(), statusChangedAt: clock.now() },
    ...{ paidAt: clock.now(), finishedAt: clock.now(), nextPollAt: null },
  });
const read = (hours: 24 | 168 = 24) =>
  readBalanceRoom(ctx, asha, { account: null, hours, after: null });

it("knows nothing before the first sample, and is nobody's business without the right", async () => {
  expect(await read()).toMatchObject({ accounts: [], chosen: null, buckets: [], steps: [] });
  const nobody = { ...asha, role: "nobody" } as unknown as typeof asha;
  await expect(readRunway(ctx, nobody)).rejects.toThrow();
});

it("shows what there is, how long it lasts and what made it so", async () => {
  await to("100");
  clock.advance(MINUTE);
  await pay("4.75");
  await to("95.25");
  await recordTopUp(
    ctx,
    asha,
    {
      ...{ supplierId, currency: "USD", amount: "50", note: "Invoice 7" },
      at: clock.now().toISOString(),
    },
    { address: null, correlationId: null },
  );
  await to("145.25");
  await createOrder(db, supplierId, { status: "awaiting_payment", agreedTotal: "10.25" });
  await to("143.0099");
  await to("143.0099");
  const room = await read();
  expect(room.accounts).toMatchObject([
    { currency: "USD", available: "143.0099", committed: "10.25", free: "132.7599", stale: false },
  ]);
  const [account] = room.accounts;
  expect(account?.burns.find(({ hours }) => hours === 24)).toMatchObject({ spent: "6.9901" });
  expect(account?.burns.find(({ hours }) => hours === 1)).toMatchObject({ spent: "2.2401" });
  expect(room.steps.map(({ change, remainder, state }) => [change, remainder, state])).toEqual([
    ["-2.2401", "-2.2401", "unexplained"],
    ["50", "0", "explained"],
    ["-4.75", "0", "explained"],
  ]);
  expect(room.unexplained).toHaveLength(1);
  expect(room.topUps).toMatchObject([
    { amount: "50", note: "Invoice 7", isSeen: true, voided: null },
  ]);
  expect(room.buckets.at(-1)).toMatchObject({ available: "143.0099" });
  const sums = room.buckets.filter(({ orders, toppedUp }) => orders > 0 || toppedUp !== "0");
  expect(sums.map(({ spent, orders, toppedUp }) => [spent, orders, toppedUp])).toEqual([
    ["4.75", 1, "0"],
    ["0", 0, "50"],
  ]);
  expect((await read(168)).query).toBe("hours=168");
});
