import type { Actor } from "#lib/access/actor.ts";
import { addressPrefix } from "#lib/access/address-prefix.ts";
import { SCOPES } from "#lib/access/permissions.ts";
import { isInNets } from "#lib/platform/address-net.ts";
import type { Core } from "#lib/platform/core.ts";
import { inBatches } from "#lib/platform/in-batches.ts";
import type { ApiKey } from "#prisma/generated/client.ts";
import { type Counted, countRequest, forgetBuckets } from "./count-request.ts";
import { FAILURES_PER_ADDRESS } from "./key-policy.ts";
import { isKey, prefixOf } from "./key-secret.ts";

const MINUTE_MS = 60_000;

export type KeyActor = Extract<Actor, { kind: "key" }>;

export type CheckedKey =
  | { kind: "ok"; actor: KeyActor; ownOrdersOnly: boolean; rate: Counted }
  /** It is one of ours, and over its rate. */
  | { kind: "rate_limited"; rate: Counted }
  | { kind: "refused"; why: "missing" | "unknown" | "expired" | "revoked" | "address" }
  /** Too many refused keys from there. */
  | { kind: "too_many"; retryAfterSeconds: number };

/**
 * Whose key it is, asked of the database with each request, so that a revoked one is refused from the very
 * next. Why a key is refused is told only to who has it whole. A failure counts against its address; whoever
 * comes with a good key isn't held up by others who share his, since 256 random bits can't be guessed: the
 * count only bounds what failures cost.
 */
export async function checkKey(
  core: Core,
  authorization: string | null,
  address: string | null,
): Promise<CheckedKey> {
  const key = /^Bearer +(\S{1,200})$/i.exec(authorization?.trim() ?? "")?.[1];
  if (key === undefined) return refuse(core, authorization ? "unknown" : "missing", address);
  const row = await findKey(core, key);
  if (!row) return refuse(core, "unknown", address);
  const now = core.now();
  if (row.revokedAt) return refuse(core, "revoked", address);
  if (row.expiresAt && row.expiresAt <= now) return refuse(core, "expired", address);
  if (row.allowedFrom.length > 0 && !isInNets(address, row.allowedFrom)) {
    return refuse(core, "address", address);
  }
  const rate = await countRequest(core, `key:${row.id}`, row.ratePerMinute);
  if (rate.isOver) return { kind: "rate_limited", rate };
  await noteUse(core, row, address);
  const scopes = SCOPES.filter((scope) => row.scopes.includes(scope));
  const actor: KeyActor = { kind: "key", id: row.id, name: row.name, scopes };
  return { kind: "ok", actor, ownOrdersOnly: row.ownOrdersOnly, rate };
}

/** The key's row, also by the secret that was replaced lately; takes as long where there is none. */
async function findKey(core: Core, key: string): Promise<ApiKey | null> {
  const { now } = core;
  const prefix = prefixOf(key);
  const row = prefix ? await findByPrefix(core, prefix) : null;
  if (row?.previousPrefix === prefix && row?.prefix !== prefix) {
    const isOn = row?.previousUntil && row.previousUntil > now();
    return isKey(key, row?.previousHash ?? null) && isOn ? row : null;
  }
  return isKey(key, row?.hash ?? null) ? row : null;
}

const findByPrefix = inBatches(async ({ db }: Core, wanted: readonly string[]) => {
  const prefixes = [...new Set(wanted)];
  const rows = await db.apiKey.findMany({
    where: { OR: [{ prefix: { in: prefixes } }, { previousPrefix: { in: prefixes } }] },
  });
  return wanted.map(
    (prefix) => rows.find((row) => row.prefix === prefix || row.previousPrefix === prefix) ?? null,
  );
});

async function refuse(
  core: Core,
  why: Extract<CheckedKey, { kind: "refused" }>["why"],
  address: string | null,
): Promise<CheckedKey> {
  const failures = await countRequest(
    core,
    `failures:${addressPrefix(address)}`,
    FAILURES_PER_ADDRESS,
  );
  // The first failure of a window clears up behind those that are over.
  if (failures.remaining === FAILURES_PER_ADDRESS - 1) await forgetBuckets(core);
  return failures.isOver
    ? { kind: "too_many", retryAfterSeconds: failures.resetSeconds }
    : { kind: "refused", why };
}

/** To the minute: a key in use isn't written with each request. */
async function noteUse(core: Core, row: ApiKey, address: string | null): Promise<void> {
  const now = core.now();
  if (row.lastUsedAt && now.getTime() - row.lastUsedAt.getTime() < MINUTE_MS) return;
  // Somebody may have the row who waits for others: the next request notes it.
  await core.db.$executeRaw`
    with free as materialized (
      select id from api_keys
      where id = ${row.id}::uuid
        and (last_used_at is null or last_used_at <= ${new Date(now.getTime() - MINUTE_MS)})
      for no key update skip locked)
    update api_keys k set last_used_at = ${now}, last_used_from = ${address}
    from free where k.id = free.id`;
}
