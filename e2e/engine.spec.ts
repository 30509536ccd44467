import { startChild } from "./setup/child.ts";
import { expect, setting, signIn, test } from "./setup/fixtures.ts";
import { buy, chooseProduct, openedOrder } from "./setup/new-order-page.ts";

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
  const { pid, env } = JSON.parse(setting("KEYHOLD_E2E_WORKER")) as {
    pid: number;
    env: Record<string, string>;
  };
  process.kill(pid, "SIGKILL");
  const worker = startChild(["--import", "tsx", "lib/engine/main.ts"], env);
  try {
    await expect(page.getByRole("main")).toContainText("Completed", { timeout: 50_000 });
    await expect
      .poll(
        async () =>
          sql("select distinct status::text from orders where id = any($1::uuid[])", [ids]),
        { timeout: 50_000 },
      )
      .toEqual([{ status: "completed" }]);
    expect((await simulator.truth()).orders.length).toBe(known + 2);
  } finally {
    await worker.stop();
  }
});

test("cron alone takes an order to its codes", async ({ page, request, sql }) => {
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
