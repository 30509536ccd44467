import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { openCode, openConflict, placeOf } from "#lib/codes/code-seal.ts";
import { createOrder, scriptedSupplier, testClock, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { anyAnswer, PRODUCTS, rankOf, SEED } from "./answers.fixture.ts";
import { isOpen } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { openSignals, type WholeOrder, whole } from "./orders.fixture.ts";
import { recordObservations } from "./record-observations.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const clock = testClock();
const ctx = await testContext(db, scriptedSupplier(), clock);

/** Everything that is sealed for an order: its codes, and what their places showed besides. */
async function sealedValues(order: WholeOrder): Promise<string[]> {
  const opened = order.items.flatMap((item) =>
    item.codes.flatMap((code) => [
      openCode(ctx.sealer, placeOf(code), code.sealed),
      ...code.conflicts.map(({ id, sealed }) =>
        openConflict(ctx.sealer, { conflictId: id, codeId: code.id }, sealed),
      ),
    ]),
  );
  return (await Promise.all(opened)).map(({ value }) => value);
}

const codeRows = (order: WholeOrder) =>
  order.items.flatMap((item) =>
    item.codes.map(({ id, position, sealed }) => ({ id, position, sealed })),
  );

async function newOrder() {
  const { order } = await createOrder(
    db,
    ctx.account.id,
    { status: "awaiting_payment" },
    { externalId: PRODUCTS[0] },
  );
  const item = { position: 1, externalId: PRODUCTS[1], quantity: 1, isService: false };
  await db.orderItem.create({
    data: { ...item, id: ctx.newId(), orderId: order.id, productName: "Y", unitPrice: "1" },
  });
  return order;
}

it("keeps every promise about an order, whatever comes in whatever order", async () => {
  const observation = fc.record({
    answer: anyAnswer("ours"),
    source: fc.constantFrom("pay" as const, "look" as const),
    ms: fc.nat(3_600_000),
    atOnce: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(observation, { minLength: 1, maxLength: 10 }),
      async (observations) => {
        const { id: orderId, supplierOrderId } = await newOrder();
        const shownValues = new Set<string>();
        let before = await whole(db, orderId);
        for (const { answer, source, ms, atOnce } of observations) {
          clock.advance(ms);
          if (answer.kind === "order") {
            for (const item of answer.order.items)
              for (const { value } of item.codes) shownValues.add(value);
          }
          const given: Observation = {
            orderId,
            source,
            answer:
              answer.kind === "order"
                ? {
                    kind: "order",
                    order: { ...answer.order, supplierOrderId: supplierOrderId ?? "" },
                  }
                : answer,
            attemptId: null,
            leaseToken: null,
          };
          // The same news from two sides at once must not differ from once.
          await Promise.all(
            (atOnce ? [given, given] : [given]).map((one) => recordObservations(ctx, [one])),
          );
          const after = await whole(db, orderId);

          expect(rankOf(after.status)).toBeGreaterThanOrEqual(rankOf(before.status));
          if (rankOf(before.status) >= 5)
            expect([before.status, "refunded"]).toContain(after.status);
          if (isOpen(after.status)) expect(after.nextPollAt).not.toBeNull();
          // A look at a finished order is one that somebody asked for: where it fails it is made again.
          const isHinted = given.source === "look" && given.answer.kind !== "order";
          if (rankOf(after.status) >= 5 && !isHinted) expect(after.nextPollAt).toBeNull();
          expect(codeRows(after)).toEqual(expect.arrayContaining(codeRows(before)));
          expect(new Set(await sealedValues(after))).toEqual(shownValues);
          if (["cancelled", "failed"].includes(after.status)) {
            const states = after.items.flatMap((item) => item.codes.map(({ state }) => state));
            expect(states.filter((state) => state !== "withheld")).toEqual([]);
          }
          const open = openSignals(after);
          expect(new Set(open).size).toBe(open.length);
          if (!isOpen(after.status)) expect(open).not.toContain("stalled");
          before = after;
        }
      },
    ),
    { seed: SEED, numRuns: 25, endOnFailure: true },
  );
}, 60_000);
