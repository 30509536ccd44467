/**
 * Who comes through which door: every page, route handler and server action that the build lists, against
 * every role. The tables in `app/_doors` say which right each wants; the table of rights says who has it.
 * No browser is needed: the doors are called as anybody could call them.
 */
import { test as base, expect } from "@playwright/test";
import { Client } from "pg";
import { ACTIONS } from "#app/_doors/actions.ts";
import { doorProblems } from "#app/_doors/compare.ts";
import { findDoors } from "#app/_doors/found.ts";
import { PAGES } from "#app/_doors/pages.ts";
import { doorAt } from "#app/_doors/right-at.ts";
import { letsIn, letsKeyIn, type Method, type Right } from "#app/_doors/rights.ts";
import { ROUTES } from "#app/_doors/routes.ts";
import { GRANTS, SCOPES } from "#lib/access/permissions.ts";
import { addressOf, call, callAction } from "./setup/door-calls.ts";
import { setting } from "./setup/fixtures.ts";
import { objects } from "./setup/objects.ts";
import { keyWith, signInAs, signInEveryRole } from "./setup/people.ts";
import { storyOrder } from "./setup/story.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

const test = base.extend<{ sql: Sql }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the needed fixtures off the pattern
  sql: async ({}, use) => {
    const client = new Client({ connectionString: setting("KEYHOLD_E2E_DATABASE_URL") });
    await client.connect();
    await client.query("delete from sign_in_buckets");
    // More wrong keys come from here than one address may try.
    await client.query("delete from api_buckets");
    await use(async (text, values) => (await client.query(text, values)).rows);
    await client.end();
  },
});

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
/** Of which nobody asks by an address. */
const INNER_PAGES = ["/_global-error", "/_not-found", "/500"];
/** Next's own handler of them answers in its own way; a file is served to whoever asks. */
const OTHER_METHODS_VARY = ["/api/auth/[...nextauth]", "/icon.svg"];
const NO_RIGHT = /<div [^>]*data-no-right/;

const found = findDoors(process.cwd());
const pages = Object.entries(PAGES).filter(([route]) => !INNER_PAGES.includes(route));
const routes = Object.entries(ROUTES).flatMap(([route, methods]) =>
  Object.entries(methods).map(([method, right]) => ({ route, method: method as Method, right })),
);
const rightOf = ({ file, name }: { file: string; name: string }): Right =>
  ACTIONS[file]?.[name]?.[0] ?? "anybody";
/** Signing out would end what the rest is called with. */
const actions = found.actions.filter(({ name }) => name !== "signOut");

test("every door of the build is declared", () => {
  expect(doorProblems(found)).toEqual([]);
});

test("every role comes through the doors that are its own, and no other", async ({ sql }) => {
  test.setTimeout(900_000);
  let asked = 0;
  for (const person of await signInEveryRole(sql)) {
    const { cookie, what } = person;
    // All of them take longer than a proof of who is there is good for.
    await sql("update sessions set proved_at = now() where user_id = $1", [person.userId]);
    for (const [route, right] of pages) {
      const may = letsIn(right, person);
      // The sign-in page sends on whoever is signed in.
      if (right === "anybody") continue;
      const { status, text } = await call(addressOf(route), { cookie });
      const door = `${route} as ${what}`;
      expect(status, door).not.toBe(307);
      expect(status, door).toBeLessThan(500);
      expect(NO_RIGHT.test(text), door).toBe(may === false);
      asked++;
    }
    for (const { route, method, right } of routes) {
      const may = letsIn(right, person);
      if (may === null || right === "anybody") continue;
      const { status } = await call(addressOf(route), { method, cookie });
      const door = `${method} ${route} as ${what}`;
      expect(status, door).toBeLessThan(500);
      if (may) expect([401, 403, 405], door).not.toContain(status);
      else expect(status, door).toBe(403);
      asked++;
    }
    for (const action of actions) {
      const may = letsIn(rightOf(action), person);
      const { outcome } = await callAction(action, { cookie });
      const door = `${action.name} as ${what}`;
      const isHalf = rightOf(action) === "half signed in";
      if (may)
        expect(["forbidden", "unauthenticated", "internal", "none"], door).not.toContain(outcome);
      else expect(outcome, door).toBe(isHalf ? "unauthenticated" : "forbidden");
      asked++;
    }
  }
  expect(asked).toBeGreaterThan(1_000);
});

/** Where the links of a page lead that are within the console. */
const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*?\shref="(\/[^"]*)"/g)].map(([, href = ""]) => href);

/** Who comes to some pages and not to others; what a viewer is shown, viewer.spec.ts asks of the browser. */
const BETWEEN = ["lead", "operator", "finance"] as const;

test("no page leads anybody to a door that is closed to him", async ({ sql }) => {
  test.setTimeout(900_000);
  const named = pages.map(([route]) => route).filter((route) => !route.includes("["));
  const entries = await sql(
    "select distinct on (object_kind) '/settings/audit/' || seq as path from audit_entries order by object_kind, seq desc",
  );
  const paths = [
    ...named,
    ...(await objects(sql, "severity")),
    ...entries.map(({ path }) => String(path)),
  ];
  let followed = 0;
  for (const role of BETWEEN) {
    const person = await signInAs(sql, { what: role, role, grants: [] });
    for (const path of paths) {
      // Nothing leads there; whoever types the address is told so, below the way up to its closed list.
      const own = doorAt(path);
      if (own && letsIn(own.right, person) === false) continue;
      const { text } = await call(path, { cookie: person.cookie });
      for (const link of new Set(linksIn(text))) {
        const door = doorAt(link);
        expect(door, `${link} on ${path}`).not.toBeNull();
        const isOpen = door && letsIn(door.right, person);
        expect(isOpen, `${link} on ${path} as ${role}`).not.toBe(false);
        followed++;
      }
    }
  }
  expect(followed).toBeGreaterThan(2_000);
});

/** What ends a session; the very next request with it has to be refused. */
const ENDINGS: Record<string, string | null> = {
  "no cookie": null,
  revoked: "update sessions set revoked_at = now() where user_id = $1",
  idle: "update sessions set last_used_at = now() - interval '31 minutes' where user_id = $1",
  "too old": "update sessions set expires_at = now() where user_id = $1",
  disabled: "update users set disabled_at = now() where id = $1",
  "of another role": "update users set role = 'admin' where id = $1",
  "of other grants": "update users set grants = '{}' where id = $1",
  "between the two steps": "update sessions set complete_at = null where user_id = $1",
};

for (const [what, ending] of Object.entries(ENDINGS)) {
  test(`whoever is nobody (${what}) comes through no door`, async ({ sql }) => {
    test.setTimeout(300_000);
    let cookie: string | null = null;
    if (ending) {
      const person = await signInAs(sql, { what, role: "owner", grants: GRANTS });
      cookie = person.cookie;
      expect((await call("/orders", { cookie })).status).toBe(200);
      await sql(ending, [person.userId]);
    }
    for (const [route, right] of pages) {
      const { status, headers } = await call(addressOf(route), { cookie });
      if (right === "anybody") expect([200, 404], route).toContain(status);
      else {
        expect(status, route).toBe(307);
        expect(headers.location, route).toMatch(/^\/login\b/);
      }
    }
    for (const { route, method, right } of routes) {
      const { status } = await call(addressOf(route), { method, cookie });
      const door = `${method} ${route}`;
      if (right === "anybody") expect(status, door).not.toBe(401);
      // A supplier that isn't there has no signature to be checked.
      else if (right === "signature") expect(status, door).toBe(404);
      else expect(status, door).toBe(401);
    }
    for (const action of actions) {
      const { outcome } = await callAction(action, { cookie });
      const right = rightOf(action);
      const isOpen =
        right === "anybody" || (right === "half signed in" && what === "between the two steps");
      if (isOpen) expect(outcome, action.name).not.toBe("unauthenticated");
      else expect(outcome, action.name).toBe("unauthenticated");
    }
  });
}

test("what is somebody's own is nobody else's", async ({ sql }) => {
  const owner = await signInAs(sql, { what: "an owner", role: "owner", grants: GRANTS });
  const viewer = await signInAs(sql, { what: "a viewer", role: "viewer", grants: GRANTS });
  const [session] = await sql("select id::text from sessions where user_id = $1", [owner.userId]);
  const named = (name: string) => {
    const action = actions.find((one) => one.name === name);
    if (!action) throw new Error(`${name} isn't built`);
    return action;
  };
  const own = named("endOwnSessionsAction");
  await callAction(own, { cookie: viewer.cookie, args: [session?.id] });
  await callAction(own, { cookie: viewer.cookie, args: [null] });
  const others = named("endSessionsAction");
  const asked = await callAction(others, { cookie: viewer.cookie, args: [owner.userId, null] });
  expect(asked.outcome).toBe("forbidden");
  expect((await call("/orders", { cookie: owner.cookie })).status).toBe(200);
  // The owner's own reaches his.
  await callAction(own, { cookie: owner.cookie, args: [session?.id] });
  expect((await call("/orders", { cookie: owner.cookie })).status).toBe(307);
});

test("a key comes through the doors of its scope, and no other", async ({ sql }) => {
  const doors = routes.filter(({ right }) => right.startsWith("key "));
  for (const scope of SCOPES) {
    const headers = await keyWith(sql, { scopes: [scope] });
    for (const { route, method, right } of doors) {
      const { status } = await call(addressOf(route), { method, headers });
      const door = `${method} ${route} with ${scope}`;
      expect(status, door).toBeLessThan(500);
      if (letsKeyIn(right, scope)) expect([401, 403, 405], door).not.toContain(status);
      else expect(status, door).toBe(403);
    }
    // It opens nothing that is for people.
    for (const { route, method, right } of routes) {
      if (letsIn(right, null) !== false) continue;
      const { status } = await call(addressOf(route), { method, headers });
      expect(status, `${method} ${route} with ${scope}`).toBe(401);
    }
  }
  const everything = await keyWith(sql, { scopes: SCOPES });
  await sql("update api_keys set revoked_at = now() where name = $1", [SCOPES.join(" ")]);
  for (const { route, method } of doors) {
    const { status } = await call(addressOf(route), { method, headers: everything });
    expect(status, `${method} ${route} with a revoked key`).toBe(401);
  }
});

test("a key for its own orders sees nobody else's", async ({ sql }) => {
  const { id } = await storyOrder(sql, "plain");
  const scopes = ["orders:read", "orders:write", "codes:read"] as const;
  const paths = [`/api/v1/orders/${id}`, `/api/v1/orders/${id}/codes`];
  const any = await keyWith(sql, { scopes });
  const own = await keyWith(sql, { scopes, ownOrdersOnly: true });
  for (const path of paths) {
    expect((await call(path, { headers: any })).status, path).toBe(200);
    expect((await call(path, { headers: own })).status, path).toBe(404);
  }
  for (const act of ["cancel", "claim-link"]) {
    const path = `/api/v1/orders/${id}/${act}`;
    expect((await call(path, { method: "POST", headers: own })).status, path).toBe(404);
  }
  const list = await call("/api/v1/orders", { headers: own });
  expect(JSON.parse(list.text)).toMatchObject({ data: [] });
});

test("a door that was left shut stays shut: no other method, and no session where a key is asked for", async ({
  sql,
}) => {
  const { cookie } = await signInAs(sql, { what: "an owner", role: "owner", grants: GRANTS });
  for (const [route, declared] of Object.entries(ROUTES)) {
    if (!OTHER_METHODS_VARY.includes(route)) {
      // What is anybody's Next answers by GET, which does nothing there.
      const isAnybodys = Object.values(declared).includes("anybody");
      const head = isAnybodys ? [] : (["HEAD"] as const);
      for (const method of [...METHODS.filter((one) => !(one in declared)), ...head]) {
        const { status } = await call(addressOf(route), { method, cookie });
        expect(status, `${method} ${route}`).toBe(405);
      }
    }
    for (const [method, right] of Object.entries(declared)) {
      if (!/^(key |secret)/.test(right)) continue;
      const { status } = await call(addressOf(route), { method: method as Method, cookie });
      expect(status, `${method} ${route}`).toBe(401);
    }
  }
});
