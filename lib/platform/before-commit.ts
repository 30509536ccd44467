import type { Db, Tx } from "./db.ts";

type Write = (tx: Tx, db: Db, items: unknown[]) => Promise<void>;
type Gather = (name: string, items: readonly unknown[], write: Write) => void;

/** A property of the transaction, not of this file: the web server bundles it more than once, and tests wrap it. */
const GATHER = Symbol.for("keyhold.gather");
type Gathering = { [GATHER]?: Gather };

/** Has a client's transactions write what `gatherUntilCommit` was given. For whoever opens one. */
export function writeBeforeCommit(db: Db): Db {
  const begin = db.$transaction.bind(db) as (...args: unknown[]) => Promise<unknown>;
  const withLastWords = (work: unknown, options?: unknown) => {
    if (typeof work !== "function") return begin(work, options);
    return begin(async (tx: Tx) => {
      const gathered = new Map<string, { items: unknown[]; write: Write }>();
      let isOpen = true;
      const gather: Gather = (name, items, write) => {
        if (!isOpen) throw new Error(`${name} came when their transaction was over.`);
        const known = gathered.get(name) ?? { items: [], write };
        known.items.push(...items);
        gathered.set(name, known);
      };
      const result = await work(
        new Proxy(tx, {
          get: (target, name) => (name === GATHER ? gather : Reflect.get(target, name)),
        }),
      );
      isOpen = false;
      for (const { items, write } of gathered.values()) await write(tx, db, items);
      return result;
    }, options);
  };
  db.$transaction = withLastWords as Db["$transaction"];
  return db;
}

/**
 * Keeps items until the transaction's work is done; then `write` gets all that was gathered under the name, as
 * the last thing before the commit: what it locks is held for a moment, and nobody who holds it waits for
 * anything else. Rejected, it takes the transaction with it.
 */
export async function gatherUntilCommit<Item>(
  tx: Tx,
  name: string,
  items: readonly Item[],
  write: (tx: Tx, db: Db, items: Item[]) => Promise<void>,
): Promise<void> {
  const gather = (tx as Gathering)[GATHER];
  if (!gather) throw new Error(`${name} are written in a transaction of openDb's.`);
  await gather(name, items, write as Write);
}
