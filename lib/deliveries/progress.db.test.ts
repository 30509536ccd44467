import { afterAll, beforeEach, expect, it } from "vitest";
import { createTestDatabase } from "#prisma/test-database.ts";
import type { SendOutcome, SoFar } from "./channel.ts";
import { deliver } from "./deliver.ts";
import {
  ACCEPTED,
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  failedWith,
  forgetEndpoints,
  letPass,
  scriptedChannel,
} from "./deliveries.fixture.ts";
import { createOpenEndpoints } from "./open-endpoints.ts";
import { recordResults } from "./record-results.ts";
import { recoverLost } from "./recover-lost.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);

const heard: (string | null | undefined)[] = [];
let script: (soFar: SoFar | undefined) => Promise<SendOutcome>;
const { channels } = scriptedChannel(async (_name, _message, _signal, soFar) => {
  heard.push(soFar?.sent);
  return script(soFar);
});
const ctx = deliveriesContext(db, { channels });

beforeEach(async () => {
  await forgetEndpoints(db);
  heard.length = 0;
});

/** One try; dies before its result is written where it is told to. */
async function tryOnce(next: typeof script, isToDie = false): Promise<void> {
  script = next;
  const [claim] = await claimAll(ctx);
  if (!claim) return expect.fail("nothing was due");
  const result = await deliver(ctx, createOpenEndpoints(ctx), claim, () => true);
  if (result === "unsent") return expect.fail(result);
  if (!isToDie) await recordResults(ctx, [result]);
  await letPass(db, 40_000);
  if (isToDie) await recoverLost(ctx);
  await letPass(db, 40_000);
}
const stopAt = (note: string | null) => async (soFar: SoFar | undefined) => {
  if (note !== null) await soFar?.note(note);
  return failedWith("reset");
};

it("tells each try how far those before it got, also those whose process died", async () => {
  await createEndpoint(db, "shop");
  await announceMany(ctx, 1);
  await tryOnce(stopAt(null));
  await tryOnce(stopAt("1/4"));
  await tryOnce(stopAt("2/4"), true);
  await tryOnce(stopAt(null));
  await tryOnce(async () => ACCEPTED);
  expect(heard).toEqual([null, null, "1/4", "2/4", "2/4"]);
  const tries = await db.deliveryAttempt.findMany({ orderBy: { number: "asc" } });
  expect(tries.map(({ progress }) => progress)).toEqual([null, "1/4", "2/4", null, null]);
});

it("goes on where nothing can be noted", async () => {
  await createEndpoint(db, "shop");
  await announceMany(ctx, 1);
  await tryOnce(stopAt("x".repeat(300)));
  await tryOnce(async () => ACCEPTED);
  expect(heard).toEqual([null, null]);
});
