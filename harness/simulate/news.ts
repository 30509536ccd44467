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
      if (name === "code") return listenToCodes(real as object, news);
      return typeof real === "function" ? real.bind(target) : real;
    },
  });
}

function listenToCodes(room: object, news: News): object {
  return new Proxy(room, {
    get(target, name) {
      const real = Reflect.get(target, name) as (args: unknown) => unknown;
      if (name !== "createMany") return real;
      return (args: { data: { id: string }[] }) => {
        news.codeIds.push(...args.data.map(({ id }) => id));
        return real.call(target, args);
      };
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
