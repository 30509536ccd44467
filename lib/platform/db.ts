import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { PrismaClient } from "#prisma/generated/client.ts";
import { writeBeforeCommit } from "./before-commit.ts";

export type Db = PrismaClient;
/** Inside `db.$transaction`: the same queries, one transaction. */
export type Tx = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends"
>;

/**
 * For transactions that write what can't be asked for again, or a lot: they wait for a connection, and
 * may take their time.
 */
export const PATIENT = { maxWait: 10_000, timeout: 20_000 };

const POOL_SIZE = 12;
const CONNECT_TIMEOUT_MS = 5_000;
/** A connection through a router that forgot it looks alive; probes from here on find out. */
export const PROBE_AFTER_MS = 30_000;

/** A transaction of whose client nothing is heard is ended by the database after this. */
export const FROZEN_TRANSACTION_MS = 60_000;

/**
 * Opens a pool of connections; the first query connects.
 * @param transactionOptions of transactions that name none, in milliseconds: 2 s and 5 s by default
 */
export function openDb(databaseUrl: string, transactionOptions?: typeof PATIENT): Db {
  const pool = new Pool({
    connectionString: inUtc(databaseUrl),
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // A peer that vanished without a word (failover, a dropped route) is found out by the system.
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    // A process that was frozen in the middle of a transaction gives its locks back.
    idle_in_transaction_session_timeout: FROZEN_TRANSACTION_MS,
  });
  // A connection may be cut in the instant between pool and transaction, when nobody listens to it;
  // that would end the process. Whoever uses it next is told anyway.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const db = writeBeforeCommit(
    new PrismaClient({
      adapter,
      errorFormat: "minimal",
      ...(transactionOptions && { transactionOptions }),
    }),
  );
  pools.set(db, pool);
  return db;
}

const pools = new WeakMap<Db, Pool>();

/** The connections of what `openDb` opened. Only `planned.ts` asks for them. */
export const poolOf = (db: Db): Pool | undefined => pools.get(db);

/** The database refused what a row holds (SQLSTATE classes 22 and 23), so that other rows may fare better. */
export function isOfTheRows(error: unknown): boolean {
  const told = error as {
    meta?: { driverAdapterError?: { cause?: { originalCode?: string } } };
  } | null;
  return /^2[23]/.test(told?.meta?.driverAdapterError?.cause?.originalCode ?? "");
}

/**
 * The driver adapter sends times as UTC without saying so, and reads them back alike: in a session of
 * another time zone they would be hours off against `now()`.
 */
function inUtc(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = [url.searchParams.get("options"), "-c TimeZone=UTC"];
  url.searchParams.set("options", options.filter((option) => option !== null).join(" "));
  return url.href;
}
