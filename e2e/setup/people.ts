/** One person of each role, signed in over HTTP. */
import { randomUUID } from "node:crypto";
import { GRANTS, type Grant, ROLES, type Role, type Scope } from "#lib/access/permissions.ts";
import { newKeySecret } from "#lib/api/key-secret.ts";
import { call } from "./door-calls.ts";
import { setting } from "./fixtures.ts";

type Sql = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

export type SignedIn = {
  what: string;
  role: Role;
  grants: readonly Grant[];
  userId: string;
  cookie: string;
};

/** Of each role with all grants, and of those that could make use of them one without. */
export async function signInEveryRole(sql: Sql): Promise<SignedIn[]> {
  const people = [
    ...ROLES.map((role) => ({ what: role, role, grants: GRANTS })),
    ...(["owner", "operator"] as const).map((role) => ({
      ...{ what: `${role} without grants`, role, grants: [] },
    })),
  ];
  const all: SignedIn[] = [];
  for (const person of people) all.push(await signInAs(sql, person));
  return all;
}

/** A new person with the password of the first admin. */
export async function signInAs(
  sql: Sql,
  { what, role, grants }: { what: string; role: Role; grants: readonly Grant[] },
): Promise<SignedIn> {
  const userId = randomUUID();
  const email = `${userId}@keyhold.example`;
  await sql(
    `insert into users (id, email, name, role, grants, password_hash)
     select $1, $2, $3, $4::role, $5::text[], password_hash from users where email = $6`,
    [userId, email, what, role, grants, "admin@keyhold.example"],
  );
  return { what, role, grants, userId, cookie: await cookieFor(email) };
}

/** Signs in as the form does. */
async function cookieFor(email: string): Promise<string> {
  const asked = await call("/api/auth/csrf");
  const { csrfToken } = JSON.parse(asked.text) as { csrfToken: string };
  const fields = { csrfToken, email, password: setting("KEYHOLD_E2E_PASSWORD"), json: "true" };
  const answer = await call("/api/auth/callback/credentials", {
    method: "POST",
    cookie: cookiesIn(asked.setCookies),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      origin: setting("KEYHOLD_E2E_URL"),
    },
    body: new URLSearchParams(fields).toString(),
  });
  const cookie = cookiesIn(answer.setCookies.filter((line) => /session=[^;]/.test(line)));
  if (!cookie) throw new Error(`signing in as ${email} was answered ${answer.status}`);
  return cookie;
}

const cookiesIn = (lines: string[]): string => lines.map((line) => line.split(";")[0]).join("; ");

/** What a storefront with a key of these scopes sends. */
export async function keyWith(
  sql: Sql,
  { scopes, ownOrdersOnly = false }: { scopes: readonly Scope[]; ownOrdersOnly?: boolean },
): Promise<{ authorization: string }> {
  const { key, prefix, hash } = newKeySecret();
  await sql(
    `insert into api_keys (id, name, prefix, hash, scopes, own_orders_only, created_at, created_by)
     values ($1, $2, $3, $4, $5::text[], $6, now(), 'e2e')`,
    [randomUUID(), scopes.join(" "), prefix, hash, scopes, ownOrdersOnly],
  );
  return { authorization: `Bearer ${key}` };
}
