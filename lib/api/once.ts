import { createHash } from "node:crypto";
import type { Core } from "#lib/platform/core.ts";
import type { Tx } from "#lib/platform/db.ts";
import { inBatches } from "#lib/platform/in-batches.ts";
import type { Json } from "#lib/platform/json.ts";
import { Prisma } from "#prisma/generated/client.ts";

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
  const held = await hold(core, asked);
  if (!held) return (await readEarlier<Body>(core, asked)) ?? inUse;
  const { mayBeDone } = held;
  const keepHold = async (tx: Tx) => {
    if (!(await keepHolds(tx, held))) throw new HoldLost();
  };
  let answer: Answer<Body>;
  try {
    answer = await work({ mayBeDone, keepHold });
  } catch (error) {
    if (error instanceof HoldLost) return (await readEarlier<Body>(core, asked)) ?? inUse;
    await giveBack(core, held);
    throw error;
  }
  const { status, body, orderId, isKept } = answer;
  if (!isKept) {
    await giveBack(core, held);
    return { kind: "answered", status, body, isReplayed: false };
  }
  const isOurs = await keepAnswer(core, { ...held, status, answer: body, orderId });
  // Somebody who took it for given up was faster: his answer counts.
  const earlier = isOurs ? null : await readEarlier<Body>(core, asked);
  return earlier ?? { kind: "answered", status, body, isReplayed: false };
}

const inUse = { kind: "in_use", retryAfterSeconds: IN_USE_RETRY_SECONDS } as const;

/** Somebody else has the request in hand, or has answered it. */
class HoldLost extends Error {}

/** A request in hand. `lockedUntil` tells this hold from each other one: one that takes it over ends later. */
type Held = { keyId: string; idempotencyKey: string; lockedUntil: Date; mayBeDone: boolean };

/**
 * Takes the request in hand: a new one, or one that nobody has any more. By the database's clock. What somebody
 * has in a transaction is passed over, however late he is: it isn't known yet whether he does it.
 */
async function hold(core: Pick<Core, "db" | "now">, asked: Asked): Promise<Held | null> {
  const { keyId, idempotencyKey, fingerprint } = asked;
  const made = await holdNew(core, asked);
  if (made) return { keyId, idempotencyKey, lockedUntil: made, mayBeDone: false };
  const [taken] = await core.db.$queryRaw<{ lockedUntil: Date }[]>`
    with free as materialized (
      select api_key_id, key from api_requests
      where api_key_id = ${keyId}::uuid and key = ${idempotencyKey} and status is null
        and fingerprint = ${new Uint8Array(fingerprint)} and locked_until <= now()
      for no key update skip locked)
    update api_requests r set locked_until = now() + make_interval(secs => ${HELD_SECONDS}::int)
    from free where r.api_key_id = free.api_key_id and r.key = free.key
    returning r.locked_until as "lockedUntil"`;
  return taken ? { keyId, idempotencyKey, ...taken, mayBeDone: true } : null;
}

/** Until when each is held; null for what isn't new. Of two of one name that come together the first is. */
const holdNew = inBatches(
  async (core: Pick<Core, "db" | "now">, asked: readonly Asked[]): Promise<(Date | null)[]> => {
    const rows = asked.map(({ keyId, idempotencyKey, fingerprint }, place) => ({
      ...{ place, keyId, key: idempotencyKey, print: fingerprint.toString("hex") },
    }));
    const made = await core.db.$queryRaw<{ keyId: string; key: string; lockedUntil: Date }[]>`
      insert into api_requests (api_key_id, key, fingerprint, created_at, locked_until)
      select r."keyId", r.key, decode(r.print, 'hex'), ${core.now()},
        now() + make_interval(secs => ${HELD_SECONDS}::int)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        place int, "keyId" uuid, key text, print text)
      order by r."keyId", r.key, r.place
      on conflict (api_key_id, key) do nothing
      returning api_key_id as "keyId", key, locked_until as "lockedUntil"`;
    const until = new Map(made.map((row) => [nameOf(row.keyId, row.key), row.lockedUntil]));
    return asked.map(({ keyId, idempotencyKey }) => {
      const name = nameOf(keyId, idempotencyKey);
      const lockedUntil = until.get(name) ?? null;
      until.delete(name);
      return lockedUntil;
    });
  },
);

/** Locks each that is held still, until the transaction has ended. */
const keepHolds = inBatches(async (tx: Tx, held: readonly Held[]): Promise<boolean[]> => {
  const kept = await tx.$queryRaw<HeldRow[]>`
    select r.api_key_id as "keyId", r.key, r.locked_until as "lockedUntil" from ${rowsOf(held)}
    join api_requests r on r.api_key_id = h."keyId" and r.key = h.key and r.locked_until = h."lockedUntil"
    where r.status is null
    order by r.api_key_id, r.key
    for no key update of r`;
  return held.map(amongThem(kept));
});

/** Lets somebody else have them at once. What a transaction still has in hand runs out by itself. */
const giveBack = inBatches(
  async ({ db }: Pick<Core, "db">, held: readonly Held[]): Promise<undefined[]> => {
    await db.$executeRaw`
      with free as materialized (
        select r.api_key_id, r.key from ${rowsOf(held)}
        join api_requests r on r.api_key_id = h."keyId" and r.key = h.key and r.locked_until = h."lockedUntil"
        where r.status is null
        for no key update of r skip locked)
      update api_requests r set locked_until = now()
      from free where r.api_key_id = free.api_key_id and r.key = free.key`;
    return held.map(() => undefined);
  },
);

type Kept = Held & { status: number; answer: Json; orderId: string | null };

/** Writes down answers for ever; false for who has lost his hold. */
const keepAnswer = inBatches(
  async ({ db }: Pick<Core, "db">, answers: readonly Kept[]): Promise<boolean[]> => {
    const kept = await db.$queryRaw<HeldRow[]>`
      update api_requests r set status = h.status, answer = h.answer, order_id = h."orderId", locked_until = null
      from ${rowsOf(answers)}
      where r.api_key_id = h."keyId" and r.key = h.key and r.locked_until = h."lockedUntil" and r.status is null
      returning r.api_key_id as "keyId", r.key, h."lockedUntil"`;
    return answers.map(amongThem(kept));
  },
);

/** As the database understands them, under the name of `h`. */
function rowsOf(held: readonly (Held | Kept)[]): Prisma.Sql {
  const rows = held.map(({ idempotencyKey: key, ...fields }) => ({ key, ...fields }));
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as h(
    "keyId" uuid, key text, "lockedUntil" timestamptz, status int, answer jsonb, "orderId" uuid)`;
}

type HeldRow = { keyId: string; key: string; lockedUntil: Date };

/** Of two holds of one request only the later is among them. */
function amongThem(rows: readonly HeldRow[]): (held: Held) => boolean {
  const names = new Set(
    rows.map(({ keyId, key, lockedUntil }) => nameOf(keyId, key) + lockedUntil.getTime()),
  );
  return ({ keyId, idempotencyKey, lockedUntil }) =>
    names.has(nameOf(keyId, idempotencyKey) + lockedUntil.getTime());
}

const nameOf = (keyId: string, key: string): string => `${keyId} ${key} `;

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
