import { expect, signIn, test } from "./setup/fixtures.ts";

test("a key is made, shown once, used, replaced and revoked", async ({ page, request, sql }) => {
  await signIn(page, "admin");
  await page.goto("/settings/api-keys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make key" }).click();
  await expect(dialog.getByText("Choose at least one.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Browser shop");
  await dialog.getByLabel("Read orders and products").check();
  await dialog.getByRole("button", { name: "Make key" }).click();
  const first = (await page.getByTestId("made-key").textContent()) ?? "";
  expect(first).toMatch(/^kh_[a-z0-9]{8}_[\w-]{43}$/);
  await page.getByRole("button", { name: "I have copied it" }).click();
  const row = page.getByRole("row", { name: /Browser shop/ });
  await expect(row).toContainText(first.slice(0, 11));
  expect(await page.content()).not.toContain(first.slice(12));
  const ask = async (key: string) => {
    const headers = { authorization: `Bearer ${key}` };
    return (await request.get("/api/v1/orders", { headers })).status();
  };
  expect(await ask(first)).toBe(200);

  await row.getByRole("button", { name: "Replace: Browser shop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Replace key" }).click();
  const second = (await page.getByTestId("made-key").textContent()) ?? "";
  await page.getByRole("button", { name: "I have copied it" }).click();
  expect([await ask(first), await ask(second)]).toEqual([200, 200]);

  await row.getByRole("button", { name: "Replace: Browser shop" }).click();
  await page.getByRole("dialog").getByLabel("End the old one at once").check();
  await page.getByRole("dialog").getByRole("button", { name: "Replace key" }).click();
  const third = (await page.getByTestId("made-key").textContent()) ?? "";
  await page.getByRole("button", { name: "I have copied it" }).click();
  expect([await ask(first), await ask(second), await ask(third)]).toEqual([401, 401, 200]);

  await row.getByRole("button", { name: "Change: Browser shop" }).click();
  const change = page.getByRole("dialog");
  await change.getByLabel("Name").fill("Browser shop 2");
  await change.getByLabel("Allowed addresses").fill("no address");
  await change.getByRole("button", { name: "Save changes" }).click();
  await expect(change.getByText("One address or net a line", { exact: false })).toBeVisible();
  await change.getByLabel("Allowed addresses").fill("192.0.2.1");
  await change.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("row", { name: /Browser shop 2/ })).toContainText("192.0.2.1");
  // The same key, but not from here.
  expect(await ask(third)).toBe(403);

  const ends = change.getByLabel("Expires");
  for (const half of [false, true]) {
    await row.getByRole("button", { name: "Change: Browser shop" }).click();
    if (half) {
      // Its first part alone: what is left is no date, and not none either.
      await ends.focus();
      await page.keyboard.press("Delete");
      await expect(ends).toHaveJSProperty("validity.badInput", true);
    } else await ends.fill("2030-05-06T07:08");
    await change.getByLabel("Name").press("Enter");
    await expect(change).toBeHidden();
    const [kept] = await sql("select expires_at from api_keys where name = 'Browser shop 2'");
    expect(kept?.expires_at).toEqual(new Date("2030-05-06T05:08:00Z"));
  }

  await row.getByRole("button", { name: "Revoke: Browser shop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  expect(await ask(third)).toBe(401);
});
