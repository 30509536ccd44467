import type { SealedCore } from "#lib/access/context.ts";
import type { RequestFacts } from "#lib/audit/request-facts.ts";
import { type Core, systemCore } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";
import { createLog } from "#lib/platform/log.ts";
import { createUser, type TestClock, testClock, testSealer } from "#prisma/factories.ts";
import type { User } from "#prisma/generated/client.ts";
import { openSession } from "./open-session.ts";
import { hashPassword } from "./password.ts";
import { findSession, type Person } from "./session.ts";

export const PASSWORD = "plum otter 27 window";
export const passwordHash = await hashPassword(PASSWORD);
export const FROM = { address: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0" };
export const REQUEST: RequestFacts = { address: FROM.address, correlationId: "c1" };

export type AccessContext = SealedCore & { consoleUrl: string; clock: TestClock };

export function accessContext(db: Db): AccessContext {
  const clock = testClock();
  const core: Core = { ...systemCore(db, createLog("error", [])), now: clock.now };
  return { ...core, clock, sealer: testSealer(), consoleUrl: "https://ops.example.com" };
}

/** Somebody with the password of all of them. */
export const member = (db: Db, facts: Parameters<typeof createUser>[1] = {}): Promise<User> =>
  createUser(db, { passwordHash, ...facts });

/** Him, signed in a moment ago: without the work of checking the password. */
export async function enter(ctx: AccessContext, { id }: { id: string }): Promise<Person> {
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id } });
  const how = { method: "password", complete: true, provedAt: ctx.now() } as const;
  const sessionId = await ctx.db.$transaction((tx) => openSession(tx, ctx, user, how, FROM));
  const actor = await findSession(ctx, sessionId, true);
  if (actor?.kind !== "user") throw new Error("The session is not complete.");
  return actor;
}

export const auditOf = async (db: Db, objectId: string): Promise<string[]> => {
  const entries = await db.auditEntry.findMany({ where: { objectId }, orderBy: { seq: "asc" } });
  return entries.map(({ action }) => action).filter((action) => action !== "user.signed-in");
};

/** What anybody can do who has no session: all tries of an account, of an address and overall. */
export const useUpSignIns = async (
  db: Db,
  now: Date,
  { email, address }: { email: string; address: string },
): Promise<void> => {
  const keys = [`account:${email}`, `address:${address}`, "address:unknown", "everyone"];
  await db.signInBucket.deleteMany({ where: { key: { in: keys } } });
  await db.signInBucket.createMany({
    data: keys.map((key) => ({ key, count: 10_000, startedAt: now })),
  });
};
