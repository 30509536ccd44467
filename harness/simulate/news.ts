/** I4: what a transaction tells of is committed before anybody hears of it. */
import type { Simulation } from "./simulation.ts";

/** What one transaction has written and told so far. */
export type News = { codeIds: string[]; isTold: boolean };

export const noNews = (): News => ({ codeIds: [], isTold: false });

/** The transaction as the product's code has it, with an ear on the codes that it writes and on its notices. */
export function overhear<Tx extends object>(tx: Tx, news: News, onTold: () => Promise<void>): Tx {
  return new Proxy(tx, {
    get(target, name) {
      const real = Reflect.get(target, name) as unknown;
      if (name === "$executeRaw") {
        return async (query: TemplateStringsArray, ...values: unknown[]) => {
          const done = await (real as (...args: unknown[]) => Promise<unknown>).call(
            target,
            query,
            ...values,
          );
          if (query.join("").includes("pg_notify")) {
            news.isTold = true;
            await onTold();
          }
          return done;
        };
      }
      if (name === "$queryRaw") {
        return (query: TemplateStringsArray, ...values: unknown[]) => {
          // Their ids are the first of its lists.
          if (query.join("").includes("insert into codes")) {
            news.codeIds.push(...(values.find(Array.isArray) as string[]));
          }
          return (real as (...args: unknown[]) => unknown).call(target, query, ...values);
        };
      }
      return typeof real === "function" ? real.bind(target) : real;
    },
  });
}

/** Somebody hears of it now, and looks. */
export async function checkNews(sim: Simulation, { codeIds, isTold }: News): Promise<void> {
  if (!isTold || codeIds.length === 0) return;
  const { rows } = await sim.database.observer.query<{ count: number }>({
    name: "told codes",
    text: "select count(*)::int as count from codes where id = any($1)",
    values: [codeIds],
  });
  const committed = rows[0]?.count ?? 0;
  if (committed < codeIds.length) {
    sim.violations.push(
      `I4: ${codeIds.length - committed} codes were told of before they were stored`,
    );
  }
}
