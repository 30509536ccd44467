import type { Db } from "#lib/platform/db.ts";

/** What is left of a process that died. */
export class Crash extends Error {}

/**
 * The database as a process has it that dies at its `at`-th step: before or after any statement, within a
 * transaction or not, and after a commit whose answer it never sees.
 */
export function crashingDb(db: Db, at: number): { db: Db; steps(): number } {
  let steps = 0;
  const step = () => {
    steps += 1;
    if (steps >= at) throw new Crash(`died at step ${steps}`);
  };

  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(_, name: string) {
        const found = target[name as keyof T] as unknown;
        if (name === "$transaction") return transaction;
        if (typeof found === "function") return call(target, found as Method);
        return typeof found === "object" && found !== null ? wrap(found) : found;
      },
    });

  type Method = (...args: unknown[]) => Promise<unknown>;
  const call =
    (target: object, method: Method): Method =>
    async (...args) => {
      step();
      const result = await method.apply(target, args);
      step();
      return result;
    };

  async function transaction(work: (tx: object) => Promise<unknown>, options?: object) {
    step();
    const result = await db.$transaction((tx) => work(wrap(tx)), options);
    step();
    return result;
  }

  return { db: wrap(db), steps: () => steps };
}
