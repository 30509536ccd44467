import { isOfTheRows } from "./db.ts";

/** More at once would be a statement of many rows, of which the first wait for the last. */
const MOST_AT_ONCE = 100;
/** A statement that hasn't answered by then may never: its connection is dead, and others wait behind it. */
const DEADLINE_MS = 10_000;

type Waiting<Item, Result> = {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

type Options<Item> = {
  /** Items of different answers are never in one batch, and don't wait for each other. */
  apart?: (item: Item) => string;
  /** After so long a batch is given up, as a cut connection would be: what it did isn't known. */
  deadlineMs?: number;
};

/**
 * Lets `run` do for many what callers of one process ask for at once. Nobody waits for company: whoever comes
 * while nothing is under way is done at once, and while something is, the next batch gathers. A batch of which the
 * database refuses a row is done again item by item, so that nobody pays for another's; where it rejects otherwise,
 * each of its items does.
 * @param run answers as many results, in the order of the items; refused for a row, it has done nothing
 * @returns asks for one item. What is asked for with another `ctx` has nothing to do with it
 */
export function inBatches<Ctx extends object, Item, Result>(
  run: (ctx: Ctx, items: readonly Item[]) => Promise<readonly Result[]>,
  { apart = () => "", deadlineMs = DEADLINE_MS }: Options<Item> = {},
): (ctx: Ctx, item: Item) => Promise<Result> {
  const queuesOf = new WeakMap<Ctx, Map<string, Waiting<Item, Result>[]>>();

  async function runBatch(ctx: Ctx, batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const items = batch.map(({ item }) => item);
      const results = await within(deadlineMs, run(ctx, items));
      if (results.length !== batch.length) throw new Error("A batch has lost its results.");
      for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result);
    } catch (error) {
      if (batch.length > 1 && isOfTheRows(error)) {
        for (const one of batch) await runBatch(ctx, [one]);
      } else for (const { reject } of batch) reject(error);
    }
  }

  async function drain(ctx: Ctx, waiting: Waiting<Item, Result>[], end: () => void): Promise<void> {
    while (waiting.length > 0) await runBatch(ctx, waiting.splice(0, MOST_AT_ONCE));
    // In the same breath as the last look at who waits.
    end();
  }

  return (ctx, item) =>
    new Promise((resolve, reject) => {
      const queues = queuesOf.get(ctx) ?? new Map<string, Waiting<Item, Result>[]>();
      queuesOf.set(ctx, queues);
      const name = apart(item);
      const open = queues.get(name);
      if (open) {
        open.push({ item, resolve, reject });
        return;
      }
      const waiting = [{ item, resolve, reject }];
      queues.set(name, waiting);
      // What is asked for in one breath is one batch.
      queueMicrotask(() => void drain(ctx, waiting, () => queues.delete(name)));
    });
}

/** What comes of it later is nobody's any more. */
async function within<T>(deadlineMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The database has not answered in ${deadlineMs} ms.`)),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
