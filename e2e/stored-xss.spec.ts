/**
 * What suppliers and people wrote is text, on every page, whatever it looks like. Each column that anybody's words
 * come into is given a payload, every page is opened, and the payload is taken out again.
 */
import { PAGES } from "#app/_doors/pages.ts";
import { expect, signIn, test } from "./setup/fixtures.ts";
import { objects } from "./setup/objects.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** Out of an attribute, out of a script, and into either; short enough for a customer's reference. */
const PAYLOAD = `"'><img src=x onerror=hit=1><svg onload=hit=1></script><script>hit=1</script>`;
/** A browser may call itself what it likes; sessions and the audit log keep it. */
test.use({ userAgent: `Browser/1 ${PAYLOAD}` });
/** For what is shown as Markdown. */
const MARKDOWN = `\n\n<img src=x onerror=hit=1> [press](javascript:hit=1) ![](x "onerror=hit=1") <javascript:hit=1>\n`;

/** Where words of suppliers, customers and people are kept. What is one of our own words isn't here. */
const COLUMNS: Record<string, string[]> = {
  alert_entries: ["actor_name", "note"],
  alerts: ["goods", "assignee_name", "resolved_by", "resolve_reason"],
  api_keys: ["name", "created_by"],
  balance_steps: ["accepted_by", "reason"],
  categories: ["name"],
  claim_links: ["actor_name"],
  code_complaints: ["evidence", "opened_by", "closed_by", "outcome_note"],
  code_imports: ["source", "actor_name"],
  codes: ["customer_ref"],
  deliveries: ["note"],
  delivery_attempts: ["answer"],
  delivery_jobs: ["reason", "actor_name", "stopped_by"],
  endpoints: ["name", "created_by", "paused_by", "pause_reason", "last_error"],
  escalation_policies: ["name"],
  hand_outs: ["customer_ref", "note", "actor_name"],
  inbox_messages: ["event", "problem"],
  order_attempts: ["detail"],
  order_items: ["product_name", "region", "user_guide", "error"],
  order_proposals: ["reason", "actor_name"],
  orders: ["supplier_word", "cancel_reason", "customer_ref", "actor_name", "last_look_error"],
  polling_plans: ["distrust_why"],
  products: ["name", "category_name", "description", "region", "user_guide"],
  sessions: ["user_agent"],
  stock_products: ["name", "region"],
  supplier_orders: ["word", "attributed_by", "reason"],
  supplier_secrets: ["created_by"],
  supplier_sockets: ["last_error"],
  suppliers: [
    ...["name", "last_error", "ordering_paused_why", "ordering_paused_by"],
    ...["polling_paused_why", "polling_paused_by"],
  ],
  timeline_entries: ["actor"],
  top_ups: ["note", "actor_name", "voided_by", "void_reason"],
  user_links: ["created_by"],
  users: ["name"],
};

/** Rows that are kept for good are changed here as nothing in the product can: without their triggers. */
async function rewrite(sql: Sql, words: (column: string) => string, values: string[]) {
  await sql("set session_replication_role = replica");
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const changes = columns.map((column) => `${column} = ${words(column)}`).join(", ");
    await sql(`update ${table} set ${changes}`, values);
  }
  await sql("set session_replication_role = origin");
}

test("hostile words are words on every page, and no page breaks a rule of its own policy", async ({
  page,
  sql,
  complaints,
}) => {
  test.setTimeout(900_000);
  const broken: string[] = [];
  await page.exposeFunction("tellViolation", (text: string) => broken.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { tellViolation } = window as unknown as { tellViolation(text: string): void };
      tellViolation(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`);
    });
  });
  page.on("dialog", (dialog) => {
    broken.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const named = Object.keys(PAGES).filter(
    (route) => !route.includes("[") && !/\/(_|500)/.test(route),
  );
  const slugs = await sql(
    "select '/settings/suppliers/' || slug as path from suppliers order by slug",
  );
  const paths = [
    ...named.filter((route) => route !== "/login"),
    ...(await objects(sql, "kind")),
    ...slugs.flatMap(({ path }) => [`${path}`, `${path}/edit`, `${path}/limits`]),
    ...["/alerts?state=all&mock=with", "/supplier-orders?show=all", "/settings/runbooks/stalled"],
    `/orders?search=${encodeURIComponent(PAYLOAD)}`,
    `/codes?search=${encodeURIComponent(PAYLOAD)}`,
  ];
  const shownOn: string[] = [];
  await rewrite(sql, (column) => `${column} || $1`, [PAYLOAD]);
  await sql(
    `insert into runbooks (kind, locale, markdown, version, updated_at, updated_by)
     values ('stalled', 'en', $1, 1, now(), 'e2e') on conflict do nothing`,
    [MARKDOWN],
  );
  try {
    // Under a hostile name by now, which goes into the audit log with it.
    await signIn(page, "admin");
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
      const state = await page.evaluate(() => ({
        hit: "hit" in window,
        elements: document.querySelectorAll(
          'img[src="x"], [onload], [onerror], a[href^="javascript:" i]',
        ).length,
      }));
      expect(state, path).toEqual({ hit: false, elements: 0 });
      const words = page.getByText("<img src=x onerror=hit=1>").filter({ visible: true });
      if ((await words.count()) > 0) shownOn.push(path.split("/")[1] ?? "");
    }
  } finally {
    await rewrite(sql, (column) => `replace(${column}, $1, '')`, [PAYLOAD]);
    await sql("delete from runbooks where kind = 'stalled' and updated_by = 'e2e'");
  }
  expect(broken).toEqual([]);
  expect(complaints).toEqual([]);
  // It was there to be seen.
  expect(new Set(shownOn).size).toBeGreaterThanOrEqual(6);
});
