import { ask } from "./setup/ask.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { storyOrder } from "./setup/story.ts";

test("an admin says who is told, reads it in plain words, moves and deletes it", async ({
  page,
  sql,
}) => {
  await signIn(page, "admin", "/settings");
  await page.getByRole("link", { name: "Escalation" }).click();
  for (const name of ["Days", "Nights"]) {
    await page.getByRole("link", { name: "Add a policy" }).first().click();
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByRole("button", { name: "Add a step" }).click();
    await expect(page.getByText("After 10 minutes")).toBeVisible();
    if (name === "Nights") {
      await page.getByLabel("There are quiet hours").check();
      await page.getByLabel("Time zone").fill("Asia/Kolkata");
      await expect(page.getByText("Between 22:00 and 07:00 (Asia/Kolkata)")).toBeVisible();
    }
    await page.getByRole("button", { name: "Save policy" }).click();
    await expect(page.getByRole("heading", { name: new RegExp(`\\d\\. ${name}`) })).toBeVisible();
  }
  await page.getByRole("button", { name: "Move Nights up" }).click();
  await expect
    .poll(() =>
      sql(
        "select name from escalation_policies where deleted_at is null and name in ('Days', 'Nights') order by place",
      ),
    )
    .toEqual([{ name: "Nights" }, { name: "Days" }]);
  await page.getByRole("button", { name: "Delete Days" }).click();
  await page.getByRole("button", { name: "Delete policy" }).click();
  await expect(page.getByRole("heading", { name: /Days/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Delete Nights" }).click();
  await page.getByRole("button", { name: "Delete policy" }).click();
  await expect(page.getByRole("heading", { name: /Nights/ })).toHaveCount(0);
});

test("what can't be is said beside its field, and others only read", async ({ page }) => {
  await signIn(page, "admin", "/settings/escalation/new");
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("This is needed.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
});

test("one press puts a dossier together, and it stays with the order", async ({ page, sql }) => {
  const { id, supplierOrderId } = await storyOrder(sql, "stalled");
  await signIn(page, "operator", `/orders/${id}`);
  const button = page.getByRole("button", { name: "Dossier" });
  const dialog = await ask(page, button, "Dossier for the supplier");
  await expect(dialog.getByText(`Supplier order: ${supplierOrderId}`)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Copy JSON" })).toBeVisible();
  const kept = await sql("select text from dossiers where order_id = $1::uuid", [id]);
  expect(kept.length).toBeGreaterThan(0);
});
