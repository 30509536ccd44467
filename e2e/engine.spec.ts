import { expect, setting, signIn, test } from "./setup/fixtures.ts";
import { buy, chooseProduct, FINAL, openedOrder } from "./setup/new-order-page.ts";

/** Worker processes that showed a sign of life in the last seconds. */
const workers = (sql: (text: string) => Promise<Record<string, unknown>[]>) =>
  sql(
    "select pid from engine_runs where kind = 'worker' and beat_at > now() - interval '8 seconds'",
  );

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
  const killed = await workers(sql);
  expect(killed.length).toBeGreaterThan(0);
  for (const { pid } of killed) process.kill(Number(pid), "SIGKILL");
  await expect(page.getByRole("main")).toContainText(FINAL, { timeout: 50_000 });
  await expect
    .poll(() => sql("select distinct status::text from orders where id = any($1::uuid[])", [ids]), {
      timeout: 50_000,
    })
    .toEqual([{ status: "completed" }]);
  expect((await simulator.truth()).orders.length).toBe(known + 2);
});

test("a late engine is told in red on any page, and its return takes that back", async ({
  page,
  sql,
}) => {
  test.setTimeout(120_000);
  await signIn(page, "viewer", "/balance");
  const banner = page.getByRole("alert").filter({ hasText: "Open orders aren’t being looked at" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(banner).toHaveCount(0);
  // A cron run of an earlier test would vouch for the engine.
  await sql("update engine_runs set beat_at = beat_at - interval '1 hour' where kind = 'cron'");
  const frozen = (await workers(sql)).map(({ pid }) => Number(pid));
  expect(frozen.length).toBeGreaterThan(0);
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  try {
    await expect(banner).toBeVisible({ timeout: 50_000 });
    await expect(banner).toContainText("Nothing is lost");
    await expect(banner).toContainText("start a worker");
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
  await expect(banner).toHaveCount(0, { timeout: 40_000 });
});

test("cron runs beside a worker and ends in time", async ({ page, request, sql }) => {
  test.setTimeout(120_000);
  await signIn(page, "operator");
  await chooseProduct(page, "Test: completes at once");
  await buy(page);
  const id = await openedOrder(page);
  const secret = setting("KEYHOLD_E2E_CRON_SECRET");
  await request.get("/api/cron/tick", {
    headers: { authorization: `Bearer ${secret}` },
    timeout: 55_000,
  });
  await expect
    .poll(async () => sql("select status::text from orders where id = $1", [id]), {
      timeout: 30_000,
    })
    .toEqual([{ status: "completed" }]);
});
