import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";

test("a top-up that nobody noted is recorded with one press, and voided again", async ({
  page,
  sql,
}) => {
  const [account] = await sql(
    "select supplier_id, available::text from balance_samples where currency = 'USD' order by sampled_at desc limit 1",
  );
  // A gain long enough ago to be told of.
  const [sample] = await sql(
    `insert into balance_samples (id, supplier_id, currency, available, reserved, pending, sampled_at, first_at, asked_at)
     values (gen_random_uuid(), $1, 'XTS', 10, 0, 0, now() - interval '30 minutes', now() - interval '30 minutes', now() - interval '30 minutes'),
            (gen_random_uuid(), $1, 'XTS', 260.5, 0, 0, now(), now() - interval '20 minutes', now())
     returning id`,
    [account?.supplier_id],
  );
  expect(sample).toBeDefined();
  await signIn(page, "operator", `/balance?account=${account?.supplier_id}:XTS`);
  const unexplained = page.getByRole("region", { name: "Not explained" });
  await expect(unexplained.getByText("+250.5", { exact: false }).first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await unexplained.getByRole("button", { name: "Record as a top-up" }).click();
  const dialog = page.getByRole("dialog", { name: /^Record a top-up/ });
  await expect(dialog.getByLabel(/^Amount/)).toHaveValue("250.5");
  await dialog.getByRole("button", { name: "Record", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(unexplained).toBeHidden();
  const topUps = page.getByRole("region", { name: "Top-ups" });
  await expect(topUps.getByText("In the balance")).toBeVisible();
  await topUps.getByRole("button", { name: "Void" }).click();
  const voiding = page.getByRole("dialog", { name: /^Void the top-up/ });
  await voiding.getByLabel("Why").fill("Noted for a test");
  await voiding.getByRole("button", { name: "Void it" }).click();
  await expect(topUps.getByText("Noted for a test", { exact: false })).toBeVisible();
  await unexplained.getByRole("button", { name: "Let it rest" }).click();
  const accepting = page.getByRole("dialog", { name: /^Account for/ });
  await accepting.getByLabel("What was it?").fill("A currency that nobody has");
  await accepting.getByRole("button", { name: "Let it rest" }).click();
  await expect(unexplained).toBeHidden();
});

test("the chart has a table, and the viewer changes nothing", async ({ page }) => {
  await signIn(page, "viewer", "/balance");
  await expect(page.getByRole("button", { name: "Record a top-up" })).toHaveCount(0);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("table", { name: "Available, and what orders took" })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
