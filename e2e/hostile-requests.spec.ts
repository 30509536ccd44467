/**
 * What no browser of ours sends: actions from other sites, headers that once talked a framework into skipping its
 * checks, bodies without end. And what every answer carries, whoever asked.
 */
import { test as base, expect } from "@playwright/test";
import { Client } from "pg";
import { findDoors } from "#app/_doors/found.ts";
import { PAGES } from "#app/_doors/pages.ts";
import { ROUTES } from "#app/_doors/routes.ts";
import { GRANTS } from "#lib/access/permissions.ts";
import { type Answer, addressOf, call, callAction } from "./setup/door-calls.ts";
import { setting } from "./setup/fixtures.ts";
import { type SignedIn, signInAs } from "./setup/people.ts";

const test = base.extend<{ owner: SignedIn }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures off the pattern
  owner: async ({}, use) => {
    const client = new Client({ connectionString: setting("KEYHOLD_E2E_DATABASE_URL") });
    await client.connect();
    await client.query("delete from sign_in_buckets");
    const sql = async (text: string, values?: unknown[]) => (await client.query(text, values)).rows;
    await use(await signInAs(sql, { what: "an owner", role: "owner", grants: GRANTS }));
    await client.end();
  },
});

const { actions } = findDoors(process.cwd());
const pages = Object.entries(PAGES).filter(([route]) => !/^\/(_|500)/.test(route));
const reads = Object.entries(ROUTES).filter(([, methods]) => methods.GET);
/** Those that are about whoever's browser asks. */
const livePaths = reads.filter(([, { GET }]) => !/^(anybody|secret|key )/.test(GET ?? ""));

const STRANGE_ORIGINS: Record<string, Record<string, string | null>> = {
  absent: { origin: null },
  null: { origin: "null" },
  foreign: { origin: "https://evil.example" },
  "no address": { origin: "nothing" },
  "a longer one": { origin: `${process.env.KEYHOLD_E2E_URL}.evil.example` },
};

for (const [what, headers] of Object.entries(STRANGE_ORIGINS)) {
  test(`no server action acts for another site's page (origin ${what})`, async ({ owner }) => {
    test.setTimeout(300_000);
    for (const action of actions) {
      const { outcome, status, setCookies } = await callAction(action, {
        cookie: owner.cookie,
        headers,
      });
      // Our own refusal, or Next's before it.
      const answersNothing = ["signOut", "setLocale", "setTheme"].includes(action.name);
      if (status < 400 && !answersNothing) expect(outcome, action.name).toBe("forbidden");
      expect(setCookies, action.name).toEqual([]);
    }
    // Signing out was among them.
    expect((await call("/orders", { cookie: owner.cookie })).status).toBe(200);
  });
}

test("an action that is posted as a form, without its header, is held to the same", async ({
  owner,
}) => {
  const signOut = actions.find(({ name }) => name === "signOut");
  const limit = "----form";
  const field = `--${limit}\r\nContent-Disposition: form-data; name="$ACTION_ID_${signOut?.id}"\r\n\r\n\r\n--${limit}--\r\n`;
  for (const headers of Object.values(STRANGE_ORIGINS)) {
    await call("/orders", {
      method: "POST",
      cookie: owner.cookie,
      headers: { "content-type": `multipart/form-data; boundary=${limit}`, ...headers },
      body: field,
    });
    expect((await call("/orders", { cookie: owner.cookie })).status).toBe(200);
  }
});

test("no live read answers another site's page", async ({ owner }) => {
  for (const [route] of livePaths) {
    for (const site of ["cross-site", "same-site", ""]) {
      const headers = { "sec-fetch-site": site };
      const { status } = await call(addressOf(route), { cookie: owner.cookie, headers });
      expect(status, `${route} from ${site}`).toBe(403);
    }
  }
});

/** Each was once a way past a check that stood before the pages; ours stand in them. */
const PROXY_TRICKS: Record<string, string>[] = [
  { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest-id": "0", "x-middleware-invoke": "1" },
  { "x-middleware-next": "1", "x-middleware-rewrite": "/orders" },
  { "x-middleware-prefetch": "1", purpose: "prefetch" },
  { "x-nextjs-data": "1" },
  { "x-invoke-path": "/orders", "x-invoke-status": "200", "x-invoke-output": "/orders" },
  { "x-matched-path": "/orders", "x-now-route-matches": "1=orders" },
  { "x-original-url": "/login", "x-rewrite-url": "/login" },
  { "x-prerender-revalidate": "guess", "x-nextjs-cache": "HIT" },
  { "x-forwarded-host": "localhost", "x-forwarded-proto": "https" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
];

/** What stands on the pages: customers' references of the story, and people's addresses. */
const INSIDE = /SHOP-1\d{4}|@keyhold\.example/;

/** A fetch of the router's own is sent to another spelling of the same address first. */
async function ask(route: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await call(addressOf(route), { headers });
  const { location = "" } = answer.headers;
  return location.includes("_rsc") ? call(location, { headers }) : answer;
}

test("no header talks its way past a page's own check", async ({ owner }) => {
  test.setTimeout(600_000);
  const guarded = pages.filter(([, right]) => right !== "anybody");
  for (const headers of PROXY_TRICKS) {
    const trick = JSON.stringify(headers);
    for (const [route] of guarded) {
      const answer = await ask(route, headers);
      const { status, text } = answer;
      const door = `${route} ${trick}`;
      if (status === 307) expect(answer.headers.location, door).toMatch(/\/login\b/);
      else expect([200, 204, 400, 403, 404], door).toContain(status);
      expect(text, door).not.toMatch(INSIDE);
    }
    for (const [route] of livePaths) {
      const { status, text } = await ask(route, headers);
      // One who only looks ahead is given nothing.
      if (text !== "{}") expect(status, `${route} ${trick}`).toBe(401);
    }
  }
  expect((await call("/orders", { cookie: owner.cookie })).text).toMatch(INSIDE);
});

test("no spelling of an address is another door", async () => {
  for (const path of ["/%6frders", "//orders", "/orders/", "/./orders", "/ORDERS", "/orders.rsc"]) {
    const { status, text } = await call(path);
    expect([200, 307, 308, 400, 404], path).toContain(status);
    expect(text, path).not.toMatch(INSIDE);
  }
  for (const path of ["/_next/data/x/orders.json", "/_next/image?url=%2Ficon.svg&w=64&q=75"]) {
    expect([307, 400, 404], path).toContain((await call(path)).status);
  }
});

test("every answer forbids framing, sniffing and foreign scripts, and what is anybody's own isn't kept", async ({
  owner,
}) => {
  test.setTimeout(300_000);
  const paths = [...pages, ...reads].map(([route]) => addressOf(route));
  const nonces = new Set<string>();
  for (const cookie of [null, owner.cookie]) {
    for (const path of [...paths, "/no-such-page", "/api/no-such-route"]) {
      const { headers, setCookies } = await call(path, { cookie });
      expect(headers["x-content-type-options"], path).toBe("nosniff");
      expect(headers["x-frame-options"], path).toBe("DENY");
      expect(headers["referrer-policy"], path).toBe("same-origin");
      expect(headers["x-powered-by"], path).toBeUndefined();
      for (const line of setCookies) expect(line, path).toMatch(/; HttpOnly/i);
      if (path === "/icon.svg") continue;
      expect(String(headers["cache-control"]), path).toMatch(/no-store|no-cache/);
      const policy = headers["content-security-policy"] ?? "";
      expect(policy, path).toMatch(/script-src 'self' 'nonce-[^']{24}' 'strict-dynamic';/);
      expect(policy, path).toContain("frame-ancestors 'none'");
      nonces.add(policy.match(/'nonce-([^']+)'/)?.[1] ?? "");
    }
  }
  // A nonce that comes twice is none.
  expect(nonces.size).toBe(2 * (paths.filter((path) => path !== "/icon.svg").length + 2));
});

test("a body that is too long is refused for it", async ({ owner }) => {
  const place = actions.find(({ name }) => name === "placeOrderAction");
  const { status } = await call("/orders/new", {
    method: "POST",
    cookie: owner.cookie,
    headers: {
      "next-action": place?.id ?? "",
      "content-type": "text/plain;charset=UTF-8",
      origin: setting("KEYHOLD_E2E_URL"),
    },
    body: JSON.stringify([{ clientRef: "x".repeat(1_200_000) }]),
  });
  expect([413, 500]).toContain(status);
  const pushed = await call("/api/webhooks/foxreload", {
    method: "POST",
    body: "x".repeat(300_000),
  });
  expect(pushed.status).toBe(413);
});

test("what goes wrong is told by a reference alone", async ({ owner }) => {
  const broken = actions.find(({ name }) => name === "decideAction");
  const answer = await call(broken ? addressOf(broken.page) : "/alerts", {
    method: "POST",
    cookie: owner.cookie,
    headers: {
      "next-action": broken?.id ?? "",
      "content-type": "text/plain;charset=UTF-8",
      origin: setting("KEYHOLD_E2E_URL"),
    },
    // No arguments at all: the action itself stumbles.
    body: "[]",
  });
  const paths = pages.map(([route]) => addressOf(route)).concat("/no-such-page", "/orders/%00");
  const texts = [answer.text];
  for (const path of paths) texts.push((await call(path, { cookie: owner.cookie })).text);
  for (const text of texts) {
    expect(text).not.toMatch(/\bat \S+ \(?(file:|\/|webpack|node:)\S*:\d+:\d+/);
    expect(text).not.toMatch(/node_modules|PrismaClient|postgres(ql)?:\/\/|TypeError/);
  }
  expect(answer.text).toMatch(/"code":"internal","reference":"[\w-]{8,64}"/);
});
