import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** An alert of its own: orders with this trouble are never put together. */
async function raiseOne(sql: Sql): Promise<{ alertId: string; orderId: string; signalId: string }> {
  const [made] = await sql(
    `insert into order_signals (id, order_id, key, opened_at, data)
     select gen_random_uuid(), o.id, 'extra_supplier_order', now(), '{"supplierOrderId": "extra-1"}'
     from orders o
     where not o.is_mock and not exists (
       select from order_signals s where s.order_id = o.id and s.key = 'extra_supplier_order')
     order by o.id limit 1
     returning id::text, order_id::text as "orderId"`,
  );
  const signalId = String(made?.id);
  let alertId = "";
  // The engine makes an alert of it.
  await expect
    .poll(async () => {
      const [row] = await sql(
        `select alert_id::text as id from order_signals where id = $1::uuid and alert_id is not null`,
        [signalId],
      );
      alertId = String(row?.id ?? "");
      return alertId;
    })
    .not.toBe("");
  return { alertId, orderId: String(made?.orderId), signalId };
}

test("the buttons of a runbook do what they say, and the history keeps it", async ({
  page,
  sql,
}) => {
  const { alertId, orderId, signalId } = await raiseOne(sql);

  // The order leads to its alert.
  await signIn(page, "operator", `/orders/${orderId}`);
  await page.getByRole("link", { name: "Alert: Second supplier order" }).click();
  await page.waitForURL(`**/alerts/${alertId}**`);

  const alert = page.getByRole("article", { name: /Second supplier order/ });
  await expect(
    alert.getByText("A send that had been given up made a supplier order"),
  ).toBeVisible();
  await expect(alert.getByText(/^What will break:/)).toBeVisible();
  await expect(alert.getByText("extra-1")).toBeVisible();
  await expect(alert.getByRole("list", { name: "Timeline" })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await alert.getByRole("button", { name: /make a dossier/i }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const history = alert.getByRole("list", { name: "History" });
  await expect(history.getByText("Pressed: Make a dossier")).toBeVisible();

  const link = alert.getByRole("link", { name: /open the supplier orders/i });
  await expect(link).toHaveAttribute("href", "/supplier-orders?show=all&search=extra-1");

  await alert.getByRole("button", { name: /mark it handled/i }).click();
  const dialog = page.getByRole("dialog", { name: "Resolve the alert" });
  await dialog.getByRole("button", { name: "Harmless" }).click();
  await dialog.getByRole("button", { name: "Resolve", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect
    .poll(async () => {
      const [row] = await sql(
        `select a.state::text, a.resolve_reason as reason, s.cleared_at is not null as cleared
         from alerts a, order_signals s where a.id = $1::uuid and s.id = $2::uuid`,
        [alertId, signalId],
      );
      return row;
    })
    .toMatchObject({ state: "resolved", reason: "Harmless", cleared: true });
});

test("whoever may only look reads the runbook, with words in place of the buttons that aren't his", async ({
  page,
  sql,
}) => {
  const { alertId } = await raiseOne(sql);
  await signIn(page, "viewer", `/alerts/${alertId}`);
  const alert = page.getByRole("article", { name: /Second supplier order/ });
  const words = alert.locator("[data-tip]", { hasText: /mark it handled/i });
  await expect(words).toHaveAttribute("data-tip", "Your role does not allow this.");
  await expect(alert.getByRole("button", { name: /mark it handled/i })).toHaveCount(0);
});
