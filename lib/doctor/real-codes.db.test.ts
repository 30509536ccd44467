import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { expireCodes } from "#lib/codes/expire-codes.ts";
import { handOutCodes } from "#lib/codes/hand-out-codes.ts";
import { markBad } from "#lib/codes/mark-bad.ts";
import { releaseCodes } from "#lib/codes/release-codes.ts";
import { replaceCode } from "#lib/codes/replace-code.ts";
import { reserveCodes } from "#lib/codes/reserve-codes.ts";
import { codeOf, REQUEST, stockOf } from "#lib/codes/stocked.fixture.ts";
import { unmarkBad } from "#lib/codes/unmark-bad.ts";
import { watchStock } from "#lib/codes/watch-stock.ts";
import { KeyholdError } from "#lib/platform/errors.ts";
import { scriptedSupplier, testActor, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { runDoctor } from "./run-doctor.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const ctx = await testContext(db, scriptedSupplier());
const operator = testActor("operator");
const reason = "as it came about";
const OURS = ["I4", "I17", "I19", "I23", "I24"];

type Act = { verb: string; at: number; customer: number };

const act = fc.record<Act>({
  verb: fc.constantFrom(
    ...[
      "stock",
      "named",
      "reserve",
      "release",
      "bad",
      "bad",
      "unmark",
      "replace",
      "fold",
      "expire",
    ],
  ),
  at: fc.nat({ max: 9 }),
  customer: fc.nat({ max: 2 }),
});

/** What was refused since somebody was quicker is as good as done. */
async function perform(ids: string[], stockProductId: string, { verb, at, customer }: Act) {
  const customerRef = `shop-${customer}`;
  const codeId = ids[at] ?? "";
  const verbs: Record<string, () => Promise<unknown>> = {
    stock: () =>
      handOutCodes(
        ctx,
        operator,
        { customerRef, way: "link", stockProductId, quantity: 2 },
        REQUEST,
      ),
    named: () =>
      handOutCodes(ctx, operator, { customerRef, way: "link", codeIds: [codeId] }, REQUEST),
    reserve: () =>
      reserveCodes(ctx, operator, { customerRef, stockProductId, quantity: 1 }, REQUEST),
    release: () => releaseCodes(ctx, operator, { codeIds: [codeId], reason }, REQUEST),
    bad: () => markBad(ctx, operator, { codeId, reason }, REQUEST),
    unmark: () => unmarkBad(ctx, operator, { codeId, reason }, REQUEST),
    replace: () => replaceCode(ctx, operator, { codeId, way: "link" }, REQUEST),
    fold: () => watchStock(ctx),
    expire: () => expireCodes(ctx),
  };
  try {
    await verbs[verb]?.();
  } catch (error) {
    if (!(error instanceof KeyholdError && error.code === "conflict")) throw error;
  }
}

it("finds codes sound, whatever people do with them at once", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      const values = Array.from({ length: 10 }, (_, n) => `code ${n}`);
      const { ids, stockProductId } = await stockOf(ctx, values);
      // Eight people, each of whom does one thing after the other.
      const people = Array.from({ length: 8 }, (_, n) => acts.filter((__, at) => at % 8 === n));
      await Promise.all(
        people.map(async (todo) => {
          for (const one of todo) await perform(ids, stockProductId, one);
        }),
      );
      const results = await runDoctor(ctx);
      const found = results.filter(({ id }) => OURS.includes(id));
      expect(found.flatMap(({ violations }) => violations)).toEqual([]);
      // Whom a code was given to, it stays with, unless it is bad and he has another one.
      const codes = await Promise.all(ids.map((id) => codeOf(db, id)));
      for (const { state, handOutId } of codes) {
        if (handOutId) expect(["handed_out", "bad", "replaced"]).toContain(state);
      }
    }),
    { numRuns: 25 },
  );
});
