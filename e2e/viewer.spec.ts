/**
 * What a viewer is shown: on every page that is open to him, no link to a page that isn't, and no button but those
 * that change only what he sees, or what is his own.
 */
import type { Page } from "@playwright/test";
import { PAGES } from "#app/_doors/pages.ts";
import { doorAt } from "#app/_doors/right-at.ts";
import { letsIn, type Right } from "#app/_doors/rights.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { objects } from "./setup/objects.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

const isOpen = (right: Right) => letsIn(right, { role: "viewer", grants: [] }) !== false;

/** By what they are called: a new one that is none of these has to be looked at. */
const HARMLESS = [
  /^Copy\b/,
  /^Show\b/,
  /^Remove filter /,
  /^Clear filters$/,
  /^Try again$/,
  /^Back to (newest|the first|the list)$/,
  /^(Previous|Next) alert$/,
  /^See all open alerts$/,
  // Of complaints: those that are open.
  /^Open$/,
  /\d+ codes? in stock expires? within 30 days$/,
  // What was told of an order, and by whom; making another is asked of the server.
  /^Dossier$/,
  // His own account.
  /^Change password$/,
  /^Set up a second factor$/,
  /^Connect Test login$/,
  /^End (all others|session)$/,
];
/** They open what is asked further, filter or fold; what they show is buttons again. */
const OPENS = "[aria-haspopup], [aria-expanded], [aria-pressed]";

/** Every page that is open to a viewer, of things that are there. */
async function pathsOf(sql: Sql): Promise<string[]> {
  const [supplier] = await sql("select id::text, slug from suppliers order by slug limit 1");
  // Nothing of the story pushes.
  const [message] = await sql(
    `insert into inbox_messages
       (id, supplier_id, dedupe_key, scheme, event, received_at, sealed, bytes, state, settled_at)
     values (gen_random_uuid(), $1, 'e2e-viewer', 'test', 'order.done', now(), 'v2|x|x|x|x', 2, 'done', now())
     on conflict (supplier_id, dedupe_key) do update set repeats = 0 returning id::text`,
    [supplier?.id],
  );
  const open = Object.entries(PAGES).filter(([, right]) => right !== "anybody" && isOpen(right));
  const paths = [
    ...open.map(([route]) => route).filter((route) => !route.includes("[")),
    ...(await objects(sql, "kind")),
    ...["/settings/runbooks/stalled", `/settings/suppliers/${supplier?.slug}`],
    `/suppliers/inbox/${message?.id}`,
    ...["/alerts?state=all&mock=with", "/supplier-orders?show=all", "/codes/complaints?closed=1"],
  ];
  const routes = new Set(paths.map((path) => doorAt(path)?.route));
  expect([...routes].sort()).toEqual(open.map(([route]) => route).sort());
  return paths;
}

/** What can be followed and pressed, of what is seen. */
async function seenOn(page: Page): Promise<{ links: string[]; buttons: string[] }> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Parts that come after the page.
  await expect(page.locator("main [role=status][aria-busy]")).toHaveCount(0);
  const links = await page
    .locator("a[href]:visible")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  const buttons = await page
    .locator(`:is(button, [role=button], input[type=submit]):not(${OPENS}):visible`)
    .evaluateAll((all) =>
      all.map((one) => (one.getAttribute("aria-label") ?? one.textContent ?? "").trim()),
    );
  return { links, buttons };
}

test("a viewer sees no forbidden link or button, on any page there is", async ({ page, sql }) => {
  test.setTimeout(900_000);
  const paths = await pathsOf(sql);
  await signIn(page, "viewer");
  for (const path of paths) {
    await page.goto(path);
    const { links, buttons } = await seenOn(page);
    const ours = links.filter((href) => href.startsWith("/"));
    expect(ours.length, path).toBeGreaterThan(5);
    const closed = ours.filter((href) => {
      const door = doorAt(href);
      return !door || !isOpen(door.right);
    });
    expect(closed, path).toEqual([]);
    const strange = buttons.filter((name) => !HARMLESS.some((one) => one.test(name)));
    expect(strange, path).toEqual([]);
  }
  await sql("delete from inbox_messages where dedupe_key = 'e2e-viewer'");
});
