import type { Core } from "#lib/platform/core.ts";
import type { Db } from "#lib/platform/db.ts";
import { insertMessages, type NewMessage, placeOf } from "./store.ts";

type Waiting = {
  message: NewMessage;
  resolve(isNew: boolean): void;
  reject(error: unknown): void;
};

/** What waits to be written, and how many statements are under way, by the database that it goes to. */
const queues = new WeakMap<Db, { waiting: Waiting[]; underWay: number }>();

/**
 * In one statement. Those that are answered together are followed by as many at once, and Node takes one new
 * connection between any two such turns: with a hundred, the last of 256 senders waited half a minute to be let in.
 */
const MOST_AT_ONCE = 8;
/** Statements at once: fewer than the pool has connections. */
const MOST_UNDER_WAY = 4;

/**
 * Stores a message, and answers whether it is new, once that is committed. Messages come in bursts: those that come
 * while others are being written are written together.
 */
export function storeTogether({ db }: Pick<Core, "db">, message: NewMessage): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const queue = queues.get(db) ?? { waiting: [], underWay: 0 };
    queues.set(db, queue);
    queue.waiting.push({ message, resolve, reject });
    if (queue.underWay < MOST_UNDER_WAY) void storeAll(db, queue);
  });
}

async function storeAll(db: Db, queue: { waiting: Waiting[]; underWay: number }): Promise<void> {
  queue.underWay += 1;
  // Who comes in the same breath is written together.
  await Promise.resolve();
  while (queue.waiting.length > 0) await storeSome(db, takeSome(queue.waiting));
  queue.underWay -= 1;
}

/** Of what is told twice at once, the second waits for the next statement: it is to be counted as known. */
function takeSome(waiting: Waiting[]): Waiting[] {
  const places = new Set<string>();
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  for (const one of waiting) {
    const place = placeOf(one.message);
    if (taken.length < MOST_AT_ONCE && !places.has(place)) taken.push(one);
    else left.push(one);
    places.add(place);
  }
  waiting.splice(0, waiting.length, ...left);
  return taken;
}

async function storeSome(db: Db, taken: Waiting[]): Promise<void> {
  try {
    const added = await insertMessages(
      { db },
      taken.map(({ message }) => message),
    );
    for (const { message, resolve } of taken) resolve(added.has(message));
  } catch (error) {
    // One that can't be stored, since its account is gone, keeps none of the others from it.
    if (taken.length > 1 && isOfSome(error)) for (const one of taken) await storeSome(db, [one]);
    else for (const { reject } of taken) reject(error);
  }
}

/** Whether it is about values (SQLSTATE 22 and 23); anything else would meet each of them, after as long a wait. */
const isOfSome = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
