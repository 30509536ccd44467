import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { NextAuthOptions, User } from "next-auth";
import Provider from "oidc-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openSession } from "#lib/access/open-session.ts";
import { findSession, type Person } from "#lib/access/session.ts";
import { beginConnecting, connectIdentity } from "#lib/access/single-sign-on/connect-identity.ts";
import {
  type IdentityResult,
  signInByIdentity,
} from "#lib/access/single-sign-on/sign-in-by-identity.ts";
import type { SingleSignOn } from "#lib/access/single-sign-on/single-sign-on.ts";
import { systemCore } from "#lib/platform/core.ts";
import { createLog } from "#lib/platform/log.ts";
import { createInvited, createUser } from "#prisma/factories.ts";
import { createTestDatabase } from "#prisma/test-database.ts";
import { oidcProvider } from "./oidc.ts";

// What its route handler is made of, which next-auth exports to nobody: without Next around it.
const { AuthHandler } = createRequire(import.meta.url)(
  join(process.cwd(), "node_modules", "next-auth", "core", "index.js"),
) as {
  AuthHandler(call: { req: Record<string, unknown>; options: NextAuthOptions }): Promise<{
    body?: unknown;
    redirect?: string;
    cookies?: { name: string; value: string }[];
  }>;
};

const { db, drop } = await createTestDatabase();
const core = systemCore(db, createLog("error", []));
const CONSOLE = "http://console.test";
const FROM = { address: "203.0.113.7", userAgent: null };

/** What the provider says of each of its accounts. */
const ACCOUNTS: Record<string, Record<string, unknown>> = {
  meera: { email: "Meera@shop.example", email_verified: true, groups: ["ops"] },
  mallory: { email: "meera@shop.example", email_verified: false, groups: ["boss"] },
};

const server = createServer();
let setting: SingleSignOn;
let outcome: IdentityResult | null;
/** What the provider said of whoever came last. */
let said: unknown;

beforeAll(async () => {
  // Where next-auth takes its own address from.
  vi.stubEnv("NEXTAUTH_URL", CONSOLE);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "keyhold",
        client_secret: "a secret of thirty-two characters",
        redirect_uris: [`${CONSOLE}/api/auth/callback/oidc`],
      },
    ],
    cookies: { keys: ["a key for the tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["groups"] },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...ACCOUNTS[accountId] }),
    }),
  });
  server.on("request", provider.callback());
  setting = {
    ...{ issuer, clientId: "keyhold", clientSecret: "a secret of thirty-two characters" },
    ...{ name: "Test", scope: "openid email profile", roles: null, secondFactor: "claim" },
  };
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await drop();
});
beforeEach(async () => {
  outcome = null;
  await db.user.deleteMany();
});

const options = (): NextAuthOptions => ({
  secret: "0123456789abcdef0123456789abcdef",
  session: { strategy: "jwt" },
  providers: [oidcProvider(setting)],
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  callbacks: {
    async signIn({ user, profile }) {
      said = profile;
      const facts = { singleSignOn: setting, policy: "offered" } as const;
      outcome = await signInByIdentity(core, profile, facts, FROM);
      if (outcome.kind !== "signed_in") return `/login?error=oidc_${outcome.kind}`;
      (user as User).sessionId = outcome.sessionId;
      return true;
    },
    jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sessionId } : token),
  },
});

type Jar = Map<string, string>;
const keep = (jar: Jar, name: string, value: string) => {
  if (value === "") jar.delete(name);
  else jar.set(name, value);
};

/** next-auth, as the route would be called, with the browser's cookies. */
async function auth(
  jar: Jar,
  action: "csrf" | "signin" | "callback",
  facts: { method?: string; query?: Record<string, string>; body?: Record<string, string> },
) {
  const answer = await AuthHandler({
    req: {
      ...{ action, providerId: "oidc", method: "GET" },
      ...{ headers: {}, cookies: Object.fromEntries(jar), query: {}, body: {} },
      ...facts,
    },
    options: options(),
  });
  for (const { name, value } of answer.cookies ?? []) keep(jar, name, value);
  return answer;
}

/** Leads to the provider. */
async function begin(jar: Jar): Promise<string> {
  const { body } = await auth(jar, "csrf", {});
  const csrfToken = (body as { csrfToken: string }).csrfToken;
  const leave = await auth(jar, "signin", {
    method: "POST",
    body: { csrfToken, callbackUrl: "/orders" },
  });
  return leave.redirect ?? "";
}

/** A browser at the provider: signs in, consents, and comes back with what it was led back with. */
async function atProvider(start: string, login: string): Promise<Record<string, string>> {
  const jar: Jar = new Map();
  let url = start;
  let form: Record<string, string> | null = null;
  for (let step = 0; step < 15; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer: Response = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      keep(jar, name, value);
    }
    const next = answer.headers.get("location");
    if (next?.startsWith(CONSOLE)) return Object.fromEntries(new URL(next).searchParams);
    if (next) {
      url = new URL(next, url).href;
      form = null;
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
    if (!action) throw new Error(`The provider shows no form: ${page.slice(-400)}`);
    url = new URL(action, url).href;
    form = page.includes('value="login"')
      ? { prompt: "login", login, password: "x" }
      : { prompt: "consent" };
  }
  throw new Error("The provider led nowhere.");
}

async function comeIn(login: string) {
  const jar: Jar = new Map();
  const query = await atProvider(await begin(jar), login);
  return { jar, query, ...(await auth(jar, "callback", { query })) };
}

describe("single sign-on at a real provider", () => {
  it("lets an invited person in by a verified address, and later by the subject alone", async () => {
    const meera = await createInvited(db, { email: "meera@shop.example" });
    const { redirect } = await comeIn("meera");
    expect(redirect).toBe(`${CONSOLE}/orders`);
    if (outcome?.kind !== "signed_in") throw new Error(`${outcome?.kind}`);
    expect(await findSession(core, outcome.sessionId, true)).toMatchObject({
      id: meera.id,
      // The provider says when it asked, as whoever gives it `max_age` is owed.
      provedAt: expect.any(Date),
    });
    await db.user.update({ where: { id: meera.id }, data: { email: "other@shop.example" } });
    await comeIn("meera");
    expect(outcome).toMatchObject({ kind: "signed_in", userId: meera.id });
  });

  it("asks with state, nonce and PKCE, and takes an answer once, for its own browser", async () => {
    await createInvited(db, { email: "meera@shop.example" });
    const jar: Jar = new Map();
    const start = await begin(jar);
    expect(Object.fromEntries(new URL(start).searchParams)).toMatchObject({
      ...{ code_challenge_method: "S256", response_type: "code", scope: "openid email profile" },
      ...{ max_age: "300" },
      ...{ state: expect.any(String), nonce: expect.any(String) },
    });
    const query = await atProvider(start, "meera");
    for (const [stranger, changed] of [
      [new Map(), query],
      [new Map(jar), { ...query, state: "forged" }],
      [new Map(jar), { ...query, code: "forged" }],
    ] as [Jar, Record<string, string>][]) {
      const { redirect } = await auth(stranger, "callback", { query: changed });
      expect(redirect).toContain("error=OAuthCallback");
      expect(outcome).toBeNull();
    }
    await auth(jar, "callback", { query });
    expect(outcome).toMatchObject({ kind: "signed_in" });
    expect(await db.session.count()).toBe(1);
  });

  it("never takes an unverified address for a person", async () => {
    await createInvited(db, { email: "meera@shop.example" });
    const { redirect } = await comeIn("mallory");
    expect(outcome).toEqual({ kind: "unknown" });
    expect(redirect).toBe("/login?error=oidc_unknown");
    expect(await db.userIdentity.count()).toBe(0);
  });

  it("connects an account to the session that left with the way's nonce, whatever its address", async () => {
    const passwordHash = "$argon2id$a-hash";
    const asha = await createUser(db, { email: "asha@shop.example", passwordHash });
    const how = { method: "password", complete: true, provedAt: new Date() } as const;
    const sessionId = await db.$transaction((tx) => openSession(tx, core, asha, how, FROM));
    const person = (await findSession(core, sessionId, true)) as Person;
    const jar: Jar = new Map();
    const start = await begin(jar);
    const intent = beginConnecting(core, person, new URL(start).searchParams.get("nonce"));
    await auth(jar, "callback", { query: await atProvider(start, "meera") });
    expect(outcome).toEqual({ kind: "unknown" });
    const request = { address: FROM.address, correlationId: null };
    expect(await connectIdentity(core, person, intent, said, request)).toBe("connected");
    await comeIn("meera");
    expect(outcome).toMatchObject({ kind: "signed_in", userId: asha.id });
    // The way of that second sign-in was another.
    expect(await connectIdentity(core, person, intent, said, request)).toBe("ended");
  });

  it("believes no user info about somebody else", async () => {
    const { userinfo } = oidcProvider(setting);
    if (typeof userinfo !== "object" || !userinfo.request)
      throw new Error("No user info is asked.");
    const asked = (sub: string) =>
      userinfo.request?.({
        client: {
          issuer: { metadata: { userinfo_endpoint: "https://login.example.com/me" } },
          userinfo: async () => ({ sub, email: "boss@shop.example", email_verified: true }),
        },
        tokens: { access_token: "token", claims: () => ({ sub: "meera" }) },
      } as never);
    expect(await asked("meera")).toMatchObject({ sub: "meera", email_verified: true });
    await expect(asked("boss")).rejects.toThrow("about somebody else");
  });
});
