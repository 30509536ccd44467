import { afterAll, describe, expect, it } from "vitest";
import {
  announceMany,
  claimAll,
  createEndpoint,
  deliveriesContext,
  failedWith,
  letPass,
  resultOf,
} from "#lib/deliveries/deliveries.fixture.ts";
import { MOST_TRIES as THEIRS } from "#lib/deliveries/delivery-schedule.ts";
import { recordResults } from "#lib/deliveries/record-results.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { DELIVERY_CHECKS, MOST_TRIES } from "./checks-on-deliveries.ts";
import { runDoctor } from "./run-doctor.ts";

const { db, drop } = await createTestDatabase();
afterAll(drop);
const ctx = deliveriesContext(db);

const complaints = async (since?: Date) =>
  (await runDoctor(ctx, { checks: DELIVERY_CHECKS, since })).flatMap(({ id, violations }) =>
    violations.map(({ subject, detail }) => `${id} ${subject} ${detail}`),
  );
const lately = () => new Date(Date.now() - 3_600_000);

/** One that succeeded at its second try, one that is failed, one on its way, one that nobody asked for. */
async function soundDeliveries() {
  await announceMany(ctx, 1);
  const { id } = await createEndpoint(db, "shop", { retryPlanMs: [1_000] });
  await announceMany(ctx, 3);
  const [good, bad, onItsWay] = await claimAll(ctx);
  if (!good || !bad || !onItsWay) expect.fail("nothing was claimed");
  await recordResults(ctx, [
    resultOf(good, failedWith("timeout")),
    resultOf(bad, failedWith("timeout")),
  ]);
  await letPass(db, 2);
  for (const claim of await claimAll(ctx)) {
    const isGood = claim.deliveryId === good.deliveryId;
    await recordResults(ctx, [resultOf(claim, isGood ? undefined : failedWith("dns"))]);
  }
  return { endpointId: id, good: good.deliveryId, bad: bad.deliveryId };
}

/** What the schema would not let through. */
const behindItsBack = (sql: string) =>
  db.$transaction([
    db.$executeRaw`set local session_replication_role = replica`,
    db.$executeRawUnsafe(sql),
  ]);

describe("deliveries", () => {
  it("are sound as the engine leaves them; each thing that can't be is seen", async () => {
    const { endpointId, good, bad } = await soundDeliveries();
    expect(await complaints()).toEqual([]);
    expect(await complaints(lately())).toEqual([]);

    await behindItsBack(
      `update delivery_attempts set outcome = 'failed' where delivery_id = '${good}'`,
    );
    expect(await complaints()).toEqual([`I9 ${good} is a success, and no try of it was accepted`]);
    expect(await complaints(lately())).toHaveLength(1);
    expect(await complaints(new Date(Date.now() + 60_000))).toEqual([]);
    await behindItsBack(
      `update delivery_attempts set outcome = 'accepted' where delivery_id = '${good}' and number = 2`,
    );

    await behindItsBack(
      `update delivery_attempts set outcome = 'accepted' where delivery_id = '${bad}'`,
    );
    expect(await complaints()).toEqual([`I9 ${bad} was accepted, and is failed`]);
    await behindItsBack(
      `update delivery_attempts set outcome = 'failed' where delivery_id = '${bad}'`,
    );

    await behindItsBack(`update deliveries set tries = 8 where id = '${bad}'`);
    expect(await complaints()).toEqual([
      `I9 ${bad} was tried 8 times`,
      `I9 ${bad} was tried 8 times, and 2 tries are written down`,
    ]);
    await behindItsBack(`update deliveries set tries = 2 where id = '${bad}'`);

    const hourAgo = lately();
    await db.endpoint.update({
      where: { id: endpointId },
      data: { pausedAt: hourAgo, pauseReason: "moving" },
    });
    expect((await complaints()).length).toBeGreaterThan(0);
    expect((await complaints())[0]).toMatch(/^I11 .* is paused since .* was tried at /);
    await db.endpoint.update({
      where: { id: endpointId },
      data: { pausedAt: null, pauseReason: null },
    });
    expect(await complaints()).toEqual([]);

    await db.$executeRaw`
      update deliveries set lease_token = null, lease_until = null, created_at = now() - interval '20 minutes'
      where state = 'pending'`;
    await behindItsBack(
      "update delivery_attempts set started_at = started_at - interval '3 hours'",
    );
    await db.endpoint.update({ where: { id: endpointId }, data: { deletedAt: hourAgo } });
    expect(await complaints()).toEqual([
      `I11 ${endpointId} is deleted, and deliveries wait for it all the same`,
    ]);
  });

  it("are held to as many tries as the engine makes", () => {
    expect(MOST_TRIES).toBe(THEIRS);
  });
});
