import { afterAll, expect, it } from "vitest";
import { JOB, REQUEST } from "#lib/orders/orders.fixture.ts";
import { scriptedSupplier, testContext } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { createKey } from "./create-key.ts";
import { type Answer, fingerprintOfRequest, type Hold, once } from "./once.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = await testContext(db, scriptedSupplier());

/** Somebody who has a request in hand until he is given an answer. */
function asker(keyId: string) {
  let take = (_: Hold) => {};
  let answer = (_: Answer<string>) => {};
  const held = new Promise<Hold>((resolve) => {
    take = resolve;
  });
  const answered = new Promise<Answer<string>>((resolve) => {
    answer = resolve;
  });
  const fingerprint = fingerprintOfRequest("POST", "/orders", {});
  const result = once<string>(ctx, { keyId, idempotencyKey: "same", fingerprint }, (hold) => {
    take(hold);
    return answered;
  });
  const say = (status: number, body: string) =>
    answer({ status, body, orderId: null, isKept: true });
  return { held, result, say };
}

it("knows a hold from the later one of the same request, also where both are asked about at once", async () => {
  const wish = { name: "shop", scopes: ["orders:write"] };
  const made = await createKey(ctx, JOB, wish, REQUEST);
  if (made.kind !== "made") throw new Error("No key was made.");
  const late = asker(made.id);
  const lateHold = await late.held;
  await db.$executeRaw`update api_requests set locked_until = now() - interval '1 second'`;
  const heir = asker(made.id);
  const hold = await heir.held;
  expect([lateHold.mayBeDone, hold.mayBeDone]).toEqual([false, true]);

  const kept = await db.$transaction((tx) =>
    Promise.allSettled([lateHold.keepHold(tx), hold.keepHold(tx)]),
  );
  expect(kept.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);

  late.say(422, "refused");
  heir.say(201, "placed");
  const answers = await Promise.all([late.result, heir.result]);
  expect(answers).toEqual([
    { kind: "answered", status: 201, body: "placed", isReplayed: true },
    { kind: "answered", status: 201, body: "placed", isReplayed: false },
  ]);
});
