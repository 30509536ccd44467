import type { Core } from "#lib/platform/core.ts";

/** The time by the database's clock, by which everything about deliveries is written down, claimed and told. */
export async function readNow({ db }: { db: Pick<Core["db"], "$queryRaw"> }): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`select now() as now`;
  if (!row) throw new Error("The time is one row.");
  return row.now;
}
