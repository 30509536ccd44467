import { expect, setting, signIn, test } from "./setup/fixtures.ts";
import { buy, chooseProduct, FINAL, openedOrder } from "./setup/new-order-page.ts";

/** Worker processes that are alive; there is one, unless it is just being started anew. */
async function workers(
  sql: (text: string) => Promise<Record<string, unknown>[]>,
): Promise<number[]> {
  let pids: number[] = [];
  await expect
    .poll(async () => {
      const runs = await sql(
        "select pid from engine_runs where kind = 'worker' and stopped_at is null and beat_at > now() - interval '30 seconds'",
      );
      pids = runs.map(({ pid }) => Number(pid)).filter(isAlive);
      return pids;
    })
    .not.toEqual([]);
  return pids;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("a killed worker's orders complete with the next one, none doubled", async ({
  page,
  simulator,
  sql,
}) => {
  await signIn(page, "operator");
  await simulator.addRule({}, { completeAfter: { ms: 6_000 } });
  const known = (await simulator.truth()).orders.length;
  const ids: string[] = [];
  for (const product of ["Uber Gift Card 50 USD", "Apple Gift Card 10 USD"]) {
    await chooseProduct(page, product);
    await buy(page);
    ids.push(await openedOrder(page));
  }
  for (const pid of await workers(sql)) process.kill(pid, "SIGKILL");
  await expect(page.getByRole("main")).toContainText(FINAL, { timeout: 90_000 });
  await expect
    .poll(() => sql("select distinct status::text from orders where id = any($1::uuid[])", [ids]), {
      timeout: 90_000,
    })
    .toEqual([{ status: "completed" }]);
  expect((await simulator.truth()).orders.length).toBe(known + 2);
});

test("a late engine is told in red on any page, and its return takes that back", async ({
  page,
  sql,
}) => {
  await signIn(page, "viewer", "/balance");
  const banner = page.getByRole("alert").filter({ hasText: "Open orders aren’t being looked at" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(banner).toHaveCount(0);
  // A cron run of an earlier test would vouch for the engine.
  await sql("update engine_runs set beat_at = beat_at - interval '1 hour' where kind = 'cron'");
  const frozen = await workers(sql);
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  try {
    await expect(banner).toBeVisible({ timeout: 90_000 });
    await expect(banner).toContainText("Nothing is lost");
    await expect(banner).toContainText("start a worker");
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
  await expect(banner).toHaveCount(0);
});

test("cron runs beside a worker and ends in time", async ({ page, request, sql }) => {
  await signIn(page, "operator");
  await chooseProduct(page, "Test: completes at once");
  await buy(page);
  const id = await openedOrder(page);
  const secret = setting("KEYHOLD_E2E_CRON_SECRET");
  await request.get("/api/cron/tick", {
    headers: { authorization: `Bearer ${secret}` },
    timeout: 120_000,
  });
  await expect
    .poll(async () => sql("select status::text from orders where id = $1", [id]))
    .toEqual([{ status: "completed" }]);
});
