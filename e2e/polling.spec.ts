import { expect, signIn, test } from "./setup/fixtures.ts";
import { storyOrder } from "./setup/story.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Makes an open order late and failing; a lease keeps the engine from it meanwhile. */
async function holdBack(sql: Sql): Promise<string> {
  const { id } = await storyOrder(sql, "stalled");
  await sql(
    "update orders set next_poll_at = now() - interval '5 minutes', failed_looks = 2, looks = 7, " +
      "last_look_error = 'It took longer than 15 s.', last_looked_at = now() - interval '6 minutes', " +
      "lease_token = gen_random_uuid(), lease_until = now() + interval '10 minutes' " +
      "where id = $1::uuid",
    [id],
  );
  return id;
}

/** The engine comes to it later than any test: whoever may have held it has gone before. */
async function putOff(sql: Sql, id: string) {
  const change =
    "update orders set next_poll_at = now() + interval '1 hour' " +
    "where id = $1::uuid and lease_token is null returning id";
  await expect.poll(() => sql(change, [id])).toHaveLength(1);
}

const letGo = (sql: Sql, id: string) =>
  sql(
    "update orders set lease_token = null, lease_until = null, failed_looks = 0, last_look_error = null, " +
      "next_poll_at = now() + interval '1 hour' where id = $1::uuid",
    [id],
  );

test("what is overdue or retried is found by its filter and told on its page", async ({
  page,
  sql,
}) => {
  const id = await holdBack(sql);
  try {
    await signIn(page, "operator", "/orders");
    await page.getByRole("button", { name: "Filter", exact: true }).click();
    // Not `check`, which looks at once: the box shows what the address says.
    await page.getByRole("checkbox", { name: "Look overdue" }).click();
    await expect(page).toHaveURL(/\?overdue=1$/);
    await page.getByRole("checkbox", { name: "Retrying" }).click();
    await expect(page).toHaveURL(/\?retrying=1&overdue=1$/);
    await expect(page.getByRole("checkbox", { name: "Retrying" })).toBeChecked();
    await page.keyboard.press("Escape");
    await expect(page.locator(`a[href="/orders/${id}"]`)).toBeVisible();
    await expect(page.getByRole("button", { name: /^Remove filter/ })).toHaveCount(2);

    await page.goto(`/orders/${id}`);
    const stands = page.getByRole("main");
    await expect(stands).toContainText(/overdue by [5-8] min/);
    await expect(stands).toContainText("7 looks, 2 failed in a row");
    await expect(stands).toContainText("It took longer than 15 s.");
    await expect(stands).toContainText("The last look failed, so each try waits longer");
  } finally {
    await letGo(sql, id);
  }
});

test("a look that is asked for is told, and the next one waits for its turn", async ({
  page,
  sql,
}) => {
  const { id } = await storyOrder(sql, "stalled");
  await putOff(sql, id);
  await signIn(page, "operator", `/orders/${id}`);
  const button = page.getByRole("button", { name: /^Look now/ });
  await expect(button).toHaveText("Look now");
  // Its turn is five seconds off: whoever reads the one after the other may miss it.
  const cooling = page.locator('button[aria-disabled="true"]', {
    hasText: /^Look now in [1-6] s$/,
  });
  await Promise.all([
    expect(cooling).toBeVisible(),
    expect(page.getByText("Looked: nothing new.")).toBeVisible(),
    button.click(),
  ]);
  await expect(button).toHaveText("Look now");
});

test("the suppliers page tells how an account is, who asks it, and how it is set", async ({
  page,
  sql,
}) => {
  await signIn(page, "viewer");
  await page.getByRole("link", { name: "Suppliers", exact: true }).first().click();
  await expect(page).toHaveURL(/\/suppliers$/);
  const account = page.getByRole("region", { name: "FoxReload" });
  await expect(account).toContainText("Well");
  await expect(account.getByRole("table", { name: "Who asks it" })).toContainText(
    "Looking at an order",
  );
  await expect(account).toContainText("npm run keyhold -- supplier set foxreload");

  await sql("update suppliers set blocked_until = now() + interval '1 minute'");
  try {
    await expect(account).toContainText("no call is made for another");
  } finally {
    await sql("update suppliers set blocked_until = null");
  }
  await expect(account).not.toContainText("no call is made for another");
});
