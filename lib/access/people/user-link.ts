import { createHash, randomBytes } from "node:crypto";
import type { Tx } from "#lib/platform/db.ts";
import type { User } from "#prisma/generated/client.ts";
import type { LinkCore } from "../context.ts";
import { INVITATION_HOURS, RESET_HOURS } from "../sign-in-limits.ts";

/** The way in, shown this once: only its hash is kept. */
export type UserLink = { kind: "invite" | "reset"; url: string; expiresAt: Date };

const HOUR_MS = 3_600_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Makes a link by which somebody sets a password: an invitation while he has none. It takes the place of the
 * one before. The token stands behind the `#`, which browsers send to nobody.
 */
export async function makeUserLink(
  tx: Tx,
  core: LinkCore,
  user: Pick<User, "id" | "passwordHash">,
  createdBy: string,
): Promise<UserLink> {
  const now = core.now();
  const kind = user.passwordHash === null ? "invite" : "reset";
  const hours = kind === "invite" ? INVITATION_HOURS : RESET_HOURS;
  const expiresAt = new Date(now.getTime() + hours * HOUR_MS);
  const token = randomBytes(32).toString("base64url");
  await endUserLinks(tx, user.id, now);
  await tx.userLink.create({
    data: {
      ...{ id: core.newId(), userId: user.id, kind, tokenHash: hashToken(token) },
      ...{ createdBy, createdAt: now, expiresAt },
    },
  });
  return { kind, url: new URL(`/invite#${token}`, core.consoleUrl).href, expiresAt };
}

export async function endUserLinks(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.userLink.updateMany({
    where: { userId, usedAt: null, endedAt: null },
    data: { endedAt: now },
  });
}

export const isToken = (text: unknown): text is string =>
  typeof text === "string" && TOKEN.test(text);

export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash("sha256").update(token).digest());
