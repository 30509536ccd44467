import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ask } from "./setup/ask.ts";
import { findings } from "./setup/axe.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";

const PARTNER = "Partner B2B Berlin";

/** Somebody who takes webhooks, and remembers the ids of their events. */
async function openReceiver() {
  const got: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      got.push(String(request.headers["webhook-id"]));
      response.end("thanks");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { got, url: `http://127.0.0.1:${port}/hooks`, close: () => server.close() };
}

test("what failed is found, sent again alone and with others, and what nobody asked for after all", async ({
  page,
  sql,
}) => {
  const receiver = await openReceiver();
  try {
    const [partner] = await sql(
      `update endpoints set config = jsonb_set(config, '{url}', to_jsonb($2::text)), updated_at = now(),
         failures = 0, trips = 0, open_until = null where name = $1 returning id::text`,
      [PARTNER, receiver.url],
    );
    const failed = await sql(
      "select event_id::text from deliveries where endpoint_id::text = $1 and state = 'failed'",
      [partner?.id],
    );
    expect(failed.length).toBeGreaterThan(1);
    await signIn(page, "operator", "/deliveries");
    await expect(page.getByRole("heading", { level: 1, name: "Deliveries" })).toBeVisible();
    expect(await findings(page)).toEqual([]);

    // Found by its filters, which stand in the address.
    const panel = await ask(page, page.getByRole("button", { name: /^Filter/ }), "Filter");
    // It stands in the address first, and is checked by that a moment later.
    await panel.getByRole("checkbox", { name: "Failed" }).click();
    await expect(panel.getByRole("checkbox", { name: "Failed" })).toBeChecked();
    await panel.getByLabel("Endpoint").selectOption({ label: PARTNER });
    await page.keyboard.press("Escape");
    await expect(page).toHaveURL(new RegExp(`state=failed&endpoint=${partner?.id}$`));
    const rows = page.getByRole("region", { name: "Deliveries, newest first" }).getByRole("row");
    await expect(rows).toHaveCount(failed.length + 1);
    await expect(rows.nth(1)).toContainText("No connection");

    // One of them, with all its tries.
    await rows.nth(1).getByRole("link").click();
    await expect(page.getByText("Nobody answers at the address.")).toBeVisible();
    await expect(page.getByRole("list", { name: "Tries" }).getByRole("listitem")).toHaveCount(7);
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Send again" }).click();
    const dialog = page.getByRole("dialog", { name: "Send it again" });
    await dialog.getByRole("button", { name: "Send again" }).click();
    await page.getByRole("link", { name: "Open the new delivery" }).click();
    const head = page.locator("header", { has: page.getByRole("heading", { level: 1 }) });
    await expect(head).toContainText("Delivered");
    const tries = page.getByRole("list", { name: "Tries" });
    await expect(tries).toContainText("HTTP 200");
    await expect(tries).toContainText("thanks");
    await expect(page.getByRole("region", { name: "The same event, elsewhere" })).toContainText(
      PARTNER,
    );
    expect(failed.some(({ event_id }) => receiver.got.includes(String(event_id)))).toBe(true);

    // The others, as a job.
    await page.goto(`/deliveries?state=failed&endpoint=${partner?.id}`);
    const actOnMany = page.getByRole("button", { name: "Act on many" });
    const many = await ask(page, actOnMany, "Act on many deliveries");
    await expect(many).toContainText(PARTNER);
    expect(await findings(page)).toEqual([]);
    await many.getByRole("button", { name: `Send ${failed.length} again` }).click();
    const jobs = page.getByRole("list", { name: "Jobs on deliveries" });
    await expect(jobs).toContainText("Finished");
    await expect
      .poll(() => failed.every(({ event_id }) => receiver.got.includes(String(event_id))))
      .toBe(true);

    // What nobody asked for when it happened.
    const [idle] = await sql(
      `select id::text, event_id::text from deliveries
       where reason = 'nobody_asked' and event_type = 'order.completed' order by id limit 1`,
    );
    await page.goto(`/deliveries/${idle?.id}`);
    await expect(page.getByText("No endpoint asked for this event")).toBeVisible();
    await page.getByRole("button", { name: "Send after all" }).click();
    await page
      .getByRole("dialog", { name: "Send it after all" })
      .getByRole("button", { name: "Send after all" })
      .click();
    await expect(page.getByText(/It is on its way to \d endpoint/)).toBeVisible();
    await expect.poll(() => receiver.got.includes(String(idle?.event_id))).toBe(true);

    await page.goto("/deliveries/jobs");
    await expect(page.getByRole("row").nth(1)).toContainText("Send again");
    await expect(page.getByRole("row").nth(1)).toContainText(`Endpoint: ${PARTNER}`);
    expect(await findings(page)).toEqual([]);
    const told = await sql(
      "select action from audit_entries where object_kind in ('delivery', 'delivery_job') and actor_kind = 'user' order by seq",
    );
    expect(told.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["delivery.resent", "delivery.revived"]),
    );
  } finally {
    receiver.close();
  }
});

test("an order says who was told of it, and a viewer sends nothing", async ({ page, sql }) => {
  const [told] = await sql(
    `select d.id::text, d.order_id::text from deliveries d join endpoints e on e.id = d.endpoint_id
     where d.event_type = 'order.completed' and e.name = 'Shop backend' order by d.id limit 1`,
  );
  await signIn(page, "viewer", `/orders/${told?.order_id}`);
  const section = page.getByRole("region", { name: "Who was told" });
  await expect(section.getByRole("row").filter({ hasText: "order.completed" })).not.toHaveCount(0);
  await expect(section).toContainText("Shop backend");
  await page.goto(`/deliveries/${told?.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("order.completed");
  await expect(page.getByRole("button", { name: /^Send/ })).toHaveCount(0);
  await page.goto("/deliveries");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await expect(page.getByRole("button", { name: "Act on many" })).toHaveCount(0);
});
