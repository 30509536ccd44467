import { ask } from "./setup/ask.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";

test("a dialog closes by a press beside it, and by no drag across its edge", async ({ page }) => {
  await signIn(page, "operator", "/codes");
  const dialog = await ask(page, page.getByRole("button", { name: "Find a code" }), "Find a code");
  const value = dialog.getByLabel("Value");
  await value.fill("typed and not to be lost");
  const box = await dialog.boundingBox();
  if (!box) throw new Error("It has no place.");
  const beside = { x: box.x - 60, y: box.y + 40 };
  const inside = { x: box.x + 40, y: box.y + 40 };
  const drag = async (from: typeof beside, to: typeof beside) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
  };

  await drag(beside, inside);
  await expect(dialog).toBeVisible();
  await drag(inside, beside);
  await expect(dialog).toBeVisible();
  await expect(value).toHaveValue("typed and not to be lost");
  // Its border is no backdrop.
  await page.mouse.click(box.x + 0.4, box.y + box.height / 2);
  await expect(dialog).toBeVisible();

  await page.mouse.click(beside.x, beside.y);
  await expect(dialog).toHaveCount(0);
});
