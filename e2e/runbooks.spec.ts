import { expect, signIn, test } from "./setup/fixtures.ts";

const PATH = "/settings/runbooks/orphans_many";

test("a runbook is written anew with its buttons, not over another's, and restored", async ({
  page,
  context,
  sql,
}) => {
  await signIn(page, "admin", "/settings/runbooks");
  await page.getByRole("link", { name: "Many unpaid leftovers" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Many unpaid leftovers" }),
  ).toBeVisible();
  const text = page.getByLabel("Text in Markdown");
  const preview = page.getByRole("region", { name: "How it will look" });
  await expect(text).toHaveValue(/^\*\*What it is\.\*\*/);
  await expect(preview.getByText("Open the supplier orders")).toBeVisible();
  const save = page.getByRole("button", { name: "Save runbook" });
  await expect(save).toBeDisabled();

  // Another tab has it open, too.
  const other = await context.newPage();
  await other.goto(PATH);
  const theirs = other.getByLabel("Text in Markdown");
  const theirPreview = other.getByRole("region", { name: "How it will look" });
  await expect(theirPreview.getByText("Open the supplier orders")).toBeVisible();
  await theirs.fill("Ring the night desk.");

  await text.fill("Wait an **hour**. ");
  await text.press("End");
  await page.getByRole("button", { name: "Open the supplier orders" }).click();
  await expect(text).toHaveValue(
    "Wait an **hour**. [Open the supplier orders](action:open_supplier_orders)",
  );
  await expect(preview.locator("strong")).toHaveText("hour");
  await save.click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByText(/^Changed by/).first()).toBeVisible();

  await other.getByRole("button", { name: "Save runbook" }).click();
  await expect(other.getByText(/changed it meanwhile/)).toBeVisible();
  await expect(theirs).toHaveValue("Ring the night desk.");
  expect(await sql("select version from runbooks where kind = 'orphans_many'")).toEqual([
    { version: 1 },
  ]);
  await other.getByRole("button", { name: "Show what is kept" }).click();
  await expect(theirs).toHaveValue(/^Wait an/);

  await text.fill("[Pay](action:pay)");
  await expect(page.getByText("This alert has no button “pay”.")).toBeVisible();
  await save.click();
  await expect(text).toBeFocused();
  await page.getByRole("button", { name: "Discard changes" }).click();

  await page.getByRole("button", { name: "Restore the shipped text" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Restore text" }).click();
  await expect(text).toHaveValue(/^\*\*What it is\.\*\*/);
  expect(await sql("select 1 from runbooks where kind = 'orphans_many'")).toEqual([]);
  expect(
    await sql("select action from audit_entries where object_id = 'orphans_many/en' order by seq"),
  ).toEqual([{ action: "runbook.changed" }, { action: "runbook.restored" }]);
});

test("others read runbooks and change nothing", async ({ page }) => {
  await signIn(page, "viewer", PATH);
  await expect(page.getByText("What it is.")).toBeVisible();
  await expect(page.getByLabel("Text in Markdown")).toBeHidden();
  await page.getByText("Hindi", { exact: true }).click();
  await expect(page.getByText("यह क्या है।")).toBeVisible();
});
