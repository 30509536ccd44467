import { createHash } from "node:crypto";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import type { Json } from "#lib/platform/json.ts";

/** Whoever died on a request holds it for so long. Whoever is merely later than that may lose it: `keepHold`. */
const HELD_SECONDS = 30;
/** The first is done in a moment, mostly. */
const IN_USE_RETRY_SECONDS = 1;

export type Asked = { keyId: string; idempotencyKey: string; fingerprint: Buffer };

/** An answer that is kept for ever, or one that tells of a passing state and isn't. */
export type Answer<Body> = { status: number; body: Body; orderId: string | null; isKept: boolean };

/** What `work` is told of its turn. */
export type Hold = {
  /** Somebody had it in hand before, and may have done it. */
  mayBeDone: boolean;
  /**
   * To be called in the transaction that does it, before anything else there: nobody takes the request over from
   * then on until that has ended. Rejects where somebody has already.
   */
  keepHold: (tx: Tx) => Promise<void>;
};

export type Once<Body> =
  | { kind: "answered"; status: number; body: Body; isReplayed: boolean }
  | { kind: "reused" }
  | { kind: "in_use"; retryAfterSeconds: number };

/** SHA-256 of what was asked for, however it was spelt. */
export const fingerprintOfRequest = (method: string, path: string, body: unknown): Buffer =>
  createHash("sha256")
    .update(JSON.stringify([method, path, sorted(body)]))
    .digest();

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => [name, sorted(field)]);
}

/**
 * Does something once for each `Idempotency-Key`, however often and in parallel it is asked for: its first
 * answer is the answer for ever. What breaks off with an error may be asked for again, and so may what a process
 * died on, after a while; `work` hears then that it may have been done, and has to find out by itself. Whoever was
 * only late has lost it: he does nothing, keeps no answer and gives nothing back.
 */
export async function once<Body extends Json>(
  core: Pick<Core, "db" | "now">,
  asked: Asked,
  work: (hold: Hold) => Promise<Answer<Body>>,
): Promise<Once<Body>> {
  const { keyId, idempotencyKey } = asked;
  const held = await hold(core, asked);
  if (!held) return (await readEarlier<Body>(core, asked)) ?? inUse;
  const { mayBeDone, lockedUntil } = held;
  const where = { apiKeyId: keyId, key: idempotencyKey, status: null, lockedUntil };
  const giveBack = () =>
    core.db.$executeRaw`
      update api_requests set locked_until = now()
      where api_key_id = ${keyId}::uuid and key = ${idempotencyKey} and status is null
        and locked_until = ${lockedUntil}`;
  const keepHold = async (tx: Tx) => {
    const kept = await tx.$queryRaw<unknown[]>`
      select 1 from api_requests
      where api_key_id = ${keyId}::uuid and key = ${idempotencyKey} and status is null
        and locked_until = ${lockedUntil}
      for no key update`;
    if (kept.length === 0) throw new HoldLost();
  };
  let answer: Answer<Body>;
  try {
    answer = await work({ mayBeDone, keepHold });
  } catch (error) {
    if (error instanceof HoldLost) return (await readEarlier<Body>(core, asked)) ?? inUse;
    await giveBack();
    throw error;
  }
  const { status, body, orderId, isKept } = answer;
  if (!isKept) {
    await giveBack();
    return { kind: "answered", status, body, isReplayed: false };
  }
  const { count } = await core.db.apiRequest.updateMany({
    where,
    data: { status, answer: body as object, orderId, lockedUntil: null },
  });
  // Somebody who took it for given up was faster: his answer counts.
  const earlier = count === 0 ? await readEarlier<Body>(core, asked) : null;
  return earlier ?? { kind: "answered", status, body, isReplayed: false };
}

const inUse = { kind: "in_use", retryAfterSeconds: IN_USE_RETRY_SECONDS } as const;

/** Somebody else has the request in hand, or has answered it. */
class HoldLost extends Error {}

/**
 * Takes the request in hand: a new one, or one that nobody has any more. By the database's clock. What somebody
 * has in a transaction is passed over, however late he is: it isn't known yet whether he does it. `lockedUntil`
 * tells this hold from each other one: one that takes it over ends later.
 */
async function hold(
  core: Pick<Core, "db" | "now">,
  { keyId, idempotencyKey, fingerprint }: Asked,
): Promise<{ mayBeDone: boolean; lockedUntil: Date } | null> {
  const print = new Uint8Array(fingerprint);
  const [made] = await core.db.$queryRaw<{ lockedUntil: Date }[]>`
    insert into api_requests (api_key_id, key, fingerprint, created_at, locked_until)
    values (${keyId}::uuid, ${idempotencyKey}, ${print}, ${core.now()},
      now() + make_interval(secs => ${HELD_SECONDS}::int))
    on conflict (api_key_id, key) do nothing
    returning locked_until as "lockedUntil"`;
  if (made) return { ...made, mayBeDone: false };
  const [taken] = await core.db.$queryRaw<{ lockedUntil: Date }[]>`
    with free as materialized (
      select api_key_id, key from api_requests
      where api_key_id = ${keyId}::uuid and key = ${idempotencyKey} and status is null
        and fingerprint = ${print} and locked_until <= now()
      for no key update skip locked)
    update api_requests r set locked_until = now() + make_interval(secs => ${HELD_SECONDS}::int)
    from free where r.api_key_id = free.api_key_id and r.key = free.key
    returning r.locked_until as "lockedUntil"`;
  return taken ? { ...taken, mayBeDone: true } : null;
}

async function readEarlier<Body extends Json>(
  core: Pick<Core, "db">,
  { keyId, idempotencyKey, fingerprint }: Asked,
): Promise<Once<Body> | null> {
  const row = await core.db.apiRequest.findUnique({
    where: { apiKeyId_key: { apiKeyId: keyId, key: idempotencyKey } },
  });
  if (!row) return null;
  if (!fingerprint.equals(row.fingerprint)) return { kind: "reused" };
  if (row.status === null) return inUse;
  return { kind: "answered", status: row.status, body: row.answer as Body, isReplayed: true };
}
