import { expect, setting, signIn, test } from "./setup/fixtures.ts";
import { revealFirst, revealFresh } from "./setup/reveal.ts";

const CODED = `
  select c.order_id as id from codes c join orders o on o.id = c.order_id
  where c.state in ('available', 'reserved') and not c.is_mock and o.status = 'completed'
  order by c.id desc limit 1`;

test("a code is shown for a reason, to who has just proved that it is him, and each copy is noted", async ({
  page,
  context,
  sql,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page, "operator");
  const [order] = await sql(CODED);
  await page.goto(`/orders/${order?.id}`);

  // Without a reason nothing happens.
  await page
    .getByRole("button", { name: /^Reveal code \d/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
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
  const [order] = await sql(CODED);
  await page.goto(`/orders/${order?.id}`);
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
