import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { expect, setting, signIn, test } from "./setup/fixtures.ts";

type Got = { headers: IncomingHttpHeaders; body: string };

/** Somebody who takes webhooks, and remembers them. */
async function openReceiver() {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      response.end("thanks");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { got, url: `http://127.0.0.1:${port}/hooks`, close: () => server.close() };
}

const verifies = ({ headers, body }: Got, secret: string) =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

const secretShown = async (page: Page): Promise<string> =>
  (await page.getByTestId("signing-secret").textContent()) ?? "";

/** Leaves the page. What it complained of before, but that the endpoint is gone: it may have been asking for news of it. */
async function complaintsBut(page: Page, complaints: string[], endpointId: unknown) {
  await page.goto("about:blank");
  const asking = `404 (Not Found) ${setting("KEYHOLD_E2E_URL")}/api/live/endpoints/${endpointId}`;
  return complaints.splice(0).filter((text) => !text.endsWith(asking));
}

test("an endpoint is tried, added, paused, rotated and deleted", async ({
  page,
  sql,
  complaints,
}) => {
  const receiver = await openReceiver();
  try {
    await signIn(page, "admin", "/settings/endpoints");
    await page.getByRole("link", { name: "Add endpoint" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Storefront");
    await page.getByRole("textbox", { name: "Address" }).fill(receiver.url);
    const secret = await secretShown(page);

    await page.getByRole("button", { name: "Send test" }).click();
    await expect(page.getByText("The test message was accepted")).toBeVisible();
    expect(verifies(receiver.got[0] as Got, secret)).toMatchObject({ type: "endpoint.test" });
    expect(await sql("select 1 from endpoints where name = 'Storefront'")).toEqual([]);

    await page.getByRole("button", { name: "Add endpoint" }).click();
    const once = page.getByRole("dialog", { name: "The endpoint is set up" });
    await expect(once.getByTestId("signing-secret")).toHaveText(secret);
    await page.keyboard.press("Escape");
    await once.getByRole("button", { name: "I have copied it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Storefront" })).toBeVisible();
    await expect(page).toHaveURL(/\/settings\/endpoints\/[0-9a-f-]{36}$/);
    const id = page.url().split("/").at(-1);
    expect(await page.content()).not.toContain(secret.slice(6));

    await page.getByRole("button", { name: "Pause", exact: true }).click();
    const pause = page.getByRole("dialog");
    await pause.getByRole("button", { name: "Pause endpoint" }).click();
    await expect(pause.getByText("Say why, in at least 3 characters.")).toBeVisible();
    await pause.getByLabel("Why").fill("The shop is being moved");
    await pause.getByRole("button", { name: "Pause endpoint" }).click();
    await expect(page.getByText("The shop is being moved")).toBeVisible();
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByRole("button", { name: "Resume endpoint" }).click();
    await expect(page.getByText("The shop is being moved")).toBeHidden();

    await page.getByRole("button", { name: "Rotate secret" }).click();
    await page.getByRole("button", { name: "Make new secret" }).click();
    const fresh = await secretShown(page);
    expect(fresh).not.toBe(secret);
    await page.getByRole("button", { name: "I have copied it" }).click();
    await expect(page.getByText("Still signs until")).toBeVisible();
    await page.getByRole("button", { name: "Send test" }).click();
    await expect(page.getByText("The test message was accepted")).toBeVisible();
    for (const one of [secret, fresh]) {
      expect(verifies(receiver.got.at(-1) as Got, one)).toMatchObject({ type: "endpoint.test" });
    }

    await page.getByRole("button", { name: "Delete endpoint" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why").fill("Only a try");
    await dialog.getByRole("button", { name: "Delete endpoint" }).click();
    await expect(page).toHaveURL(/\/settings\/endpoints$/);
    await expect(page.getByRole("link", { name: "Storefront" })).toBeHidden();
    expect(await complaintsBut(page, complaints, id)).toEqual([]);
    const entries = await sql(
      "select action from audit_entries where object_id = $1 order by seq",
      [id],
    );
    expect(entries.map(({ action }) => action)).toEqual([
      "endpoint.added",
      "endpoint.paused",
      "endpoint.resumed",
      "endpoint.secret_rotated",
      "endpoint.tested",
      "endpoint.deleted",
    ]);
  } finally {
    receiver.close();
  }
});

test("what can't be an endpoint is said at its field, and codes leave with a reason only", async ({
  page,
}) => {
  await signIn(page, "admin", "/settings/endpoints/new?channel=email");
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("alert").filter({ hasText: "have to be put right" })).toBeVisible();

  await page.getByText("Webhook", { exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill("Elsewhere");
  await page
    .getByRole("textbox", { name: "Address" })
    .fill("https://user:secret@shop.example.com/");
  await page.getByRole("radio", { name: /^The codes themselves/ }).check();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByText("Leave user and password out of the address")).toBeVisible();

  await page.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/hooks");
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByLabel("Why codes may leave this way")).toHaveAttribute(
    "aria-invalid",
    "true",
  );
});

test("what takes no test message is saved only by who says so", async ({
  page,
  sql,
  complaints,
}) => {
  await signIn(page, "admin", "/settings/endpoints/new");
  await page.getByLabel("Name", { exact: true }).fill("Not there yet");
  await page.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/hooks");
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByText("Nothing was saved. Nobody answers there.")).toBeVisible();
  expect(await sql("select 1 from endpoints where name = 'Not there yet'")).toEqual([]);

  await page.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/others");
  await expect(page.getByRole("button", { name: "Save untested" })).toBeHidden();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await page.getByRole("button", { name: "Save untested" }).click();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Not there yet" })).toBeVisible();
  const [endpoint] = await sql("select id::text from endpoints where name = 'Not there yet'");

  await page.getByRole("button", { name: "Delete endpoint" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill("Only a try");
  await dialog.getByRole("button", { name: "Delete endpoint" }).click();
  await expect(page).toHaveURL(/\/settings\/endpoints$/);
  expect(await complaintsBut(page, complaints, endpoint?.id)).toEqual([]);
});

test("others see how endpoints are, and change nothing", async ({ page, sql }) => {
  const [shop] = await sql("select id::text from endpoints where name = 'Shop backend'");
  await signIn(page, "viewer", "/settings/endpoints");
  await expect(page.getByRole("link", { name: "Shop backend" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Add endpoint" })).toBeHidden();
  await page.goto(`/settings/endpoints/${shop?.id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Shop backend" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send test" })).toBeHidden();
  await expect(page.getByRole("region", { name: "Signing secrets" })).toBeHidden();
  await page.goto("/settings/endpoints/new");
  await expect(page.getByText("You can’t add endpoints")).toBeVisible();
});
