/** Databases for benchmarks: clones of a migrated one, so that each begins alike. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import type { World } from "./world.ts";

export type Database = { name: string; url: string; drop(): Promise<void> };

/** @param from another database of ours to copy, seeded and left alone; the migrated one where left out */
export async function cloneDatabase(
  { adminUrl, template }: Pick<World, "adminUrl" | "template">,
  from: string = template,
): Promise<Database> {
  // As test databases are named, whose leftovers are cleared away.
  const name = `test_bench_${randomBytes(6).toString("hex")}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await administer(adminUrl, `create database ${name} template ${from}`);
  return {
    name,
    url: url.href,
    drop: () => administer(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/** Runs statements on a connection of their own. */
export async function withClient<Value>(
  url: string,
  work: (client: Client) => Promise<Value>,
): Promise<Value> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What is dirty is written now rather than while something is measured. */
export const checkpoint = ({ adminUrl }: Pick<World, "adminUrl">): Promise<void> =>
  administer(adminUrl, "checkpoint");

async function administer(adminUrl: string, statement: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(statement));
}
