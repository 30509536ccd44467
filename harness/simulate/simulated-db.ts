import type { Db } from "#lib/platform/db.ts";
import { checkNews, noNews, overhear } from "./news.ts";
import type { Process } from "./scheduler.ts";
import type { Simulation } from "./simulation.ts";

/** Thrown within a transaction by a process that dies there. */
export class Crash extends Error {}

const READS = /^(find|count|aggregate|groupBy)/;
/** Only these concern a check, or when there is next something to do. */
const WRITES = /\b(update|insert into|delete from) (orders|placement_gates|polling_plans)\b/;

/** A claim is written as a query, since it answers what it has taken. */
function isRead(method: string, [sql]: unknown[]): boolean {
  if (!method.startsWith("$queryRaw")) return READS.test(method);
  return Array.isArray(sql) && !WRITES.test(sql.join("?"));
}

/**
 * The database as one logical process has it. Before each statement or transaction of its own it may be
 * another's turn, and each may fail, or take effect and lose its answer. Transactions run undisturbed:
 * another's would wait for the locks while this one waits for its turn.
 */
export function simulatedDb(sim: Simulation, process: Process): Db {
  const { db } = sim.database;
  const rooms = new Map<string, unknown>();
  let calls = 0;

  async function run<T>(label: string, isRead: boolean, work: () => Promise<T>): Promise<T> {
    await sim.step(process, `db ${label}`);
    calls += 1;
    const occasion = `${process.name}/${calls}`;
    if (isOut(sim) || sim.faults.fires("database_away", occasion)) {
      throw lost(sim, process, `${label}: the database is away`);
    }
    sim.database.setNow(sim.scheduler.now());
    const result = await sim.scheduler.io(work);
    if (isRead) return result;
    // A supplier's health is no concern of any check.
    sim.changed ||= !label.startsWith("supplier.");
    if (sim.faults.fires("commit_lost", occasion)) {
      throw lost(sim, process, `${label}: committed, and the answer is lost`);
    }
    return result;
  }

  async function transaction<T>(work: (tx: object) => Promise<T>, options?: object): Promise<T> {
    const refused = sim.faults.fires("commit_refused", `${process.name}/${calls + 1}`);
    const news = noNews();
    const hear = () => checkNews(sim, news);
    try {
      return await run("transaction", false, async () => {
        sim.transactionOf = process;
        try {
          const result = await db.$transaction(async (tx) => {
            const early = sim.controls.tellsEarly ? hear : async () => undefined;
            const done = await work(overhear(tx, news, early));
            if (refused) throw lost(sim, process, "the commit is refused");
            return done;
          }, options);
          await hear();
          return result;
        } finally {
          sim.transactionOf = null;
        }
      });
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      sim.kill(process, error.message);
      return never();
    }
  }

  const call =
    (label: string, method: string, target: Record<string, unknown>) =>
    (...args: unknown[]) =>
      run(label, isRead(method, args), () =>
        (target[method] as (...args: unknown[]) => Promise<unknown>).apply(target, args),
      );

  function room(name: string): unknown {
    const known = rooms.get(name);
    if (known) return known;
    const target = db[name as keyof Db] as unknown as Record<string, unknown>;
    const methods = new Map<string, unknown>();
    const made = new Proxy(target, {
      get(_, method: string) {
        if (!methods.has(method)) methods.set(method, call(`${name}.${method}`, method, target));
        return methods.get(method);
      },
    });
    rooms.set(name, made);
    return made;
  }

  return new Proxy(db, {
    get(_, name: string) {
      if (name === "$transaction") return transaction;
      if (name.startsWith("$")) {
        return call(name, name, db as unknown as Record<string, unknown>);
      }
      return room(name);
    },
  });
}

const isOut = ({ plan, elapsed }: Simulation): boolean =>
  plan.databaseOut !== null &&
  elapsed() >= plan.databaseOut.fromMs &&
  elapsed() < plan.databaseOut.toMs;

/** What is awaited by the dead. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

function lost(sim: Simulation, process: Process, what: string): Error {
  sim.trace.note(process.name, what);
  return new Error(`Simulated: ${what}`);
}
