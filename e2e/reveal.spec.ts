import { ask } from "./setup/ask.ts";
import { expect, setting, signIn, test } from "./setup/fixtures.ts";
import { revealFirst, revealFresh } from "./setup/reveal.ts";
import { storyOrder } from "./setup/story.ts";

test("a code is shown for a reason, to who has just proved that it is him, and each copy is noted", async ({
  page,
  context,
  sql,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, "operator");
  const order = await storyOrder(sql, "plain");
  await page.goto(`/orders/${order.id}`);

  // Without a reason nothing happens.
  const dialog = await ask(page, page.getByRole("button", { name: /^Reveal code \d/ }).first());
  await dialog.getByRole("button", { name: "Reveal code" }).click();
  await expect(dialog.getByText("Say why", { exact: false })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  // Six minutes later the password is asked for, and a wrong one shows nothing.
  await sql("update sessions set proved_at = now() - interval '6 minutes'");
  await revealFirst(page, "E2E says why");
  const proof = page.getByRole("dialog", { name: "Is it still you?" });
  await proof.getByLabel("Password").fill("not the password");
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(proof.getByText("The password is wrong.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Hide" })).toHaveCount(0);
  await proof.getByLabel("Password").fill(setting("KEYHOLD_E2E_PASSWORD"));
  await proof.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("button", { name: "Hide" })).toBeVisible();

  await page
    .getByRole("button", { name: /^Copy (code|everything)$/ })
    .filter({ visible: true })
    .first()
    .click();
  await expect
    .poll(() =>
      sql(
        "select action, reason from audit_entries where actor_name = 'Priya Nair' and action like 'code.%' order by seq desc limit 2",
      ),
    )
    .toEqual([
      { action: "code.copied", reason: null },
      { action: "code.revealed", reason: "E2E says why" },
    ]);
});

test("a shown code hides itself after half a minute, and at once with its tab", async ({
  page,
  sql,
}) => {
  await page.clock.install();
  await signIn(page, "operator");
  const order = await storyOrder(sql, "plain");
  await page.goto(`/orders/${order.id}`);
  await revealFresh(page);
  await page.clock.runFor(31_000);
  await expect(page.getByRole("button", { name: "Hide" })).toHaveCount(0);

  await revealFresh(page);
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect(page.getByRole("button", { name: "Hide" })).toHaveCount(0);
});
