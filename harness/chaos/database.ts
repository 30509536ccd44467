/** The run's PostgreSQL, as the nemesis and the checker see it. Whoever started us starts it again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Pool, type QueryResultRow } from "pg";
import { pauseFor } from "./moments.ts";

/** Recovery takes a second or two; a database that is away for longer is a failed run. */
const PATIENCE_MS = 90_000;
/** Until then a server on its way down may still answer. */
const GOING_DOWN_MS = 1_000;

export type ChaosDatabase = {
  url: string;
  /** Asks until it is answered. Only for reading, and for what may be done twice. */
  rows<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Ends the server: `immediate` leaves it to recovery, `fast` lets it close its books first. */
  shutDown(mode: "immediate" | "fast"): void;
  /** Waits until a server that was just struck down has noticed, and answers again. */
  isBack(): Promise<void>;
  /** Connections of others than us, as process ids. */
  backends(): Promise<number[]>;
  close(): Promise<void>;
};

export function openChaosDatabase(url: string, folder: string): ChaosDatabase {
  const pool = new Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 5_000 });
  // Connections are cut all the time here; whoever asks next is told.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));

  async function rows<Row extends QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return (await pool.query<Row>(text, values)).rows;
      } catch (error) {
        if (isMistake(error) || Date.now() > deadline) throw error;
        await pauseFor(200);
      }
    }
  }

  return {
    url,
    rows,
    shutDown(mode) {
      const pid = postmaster(folder);
      if (pid !== null) process.kill(pid, mode === "immediate" ? "SIGQUIT" : "SIGINT");
    },
    async isBack() {
      await pauseFor(GOING_DOWN_MS);
      await rows("select 1");
    },
    async backends() {
      const found = await rows<{ pid: number }>(
        `select pid from pg_stat_activity
         where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()
         order by pid`,
      );
      return found.map(({ pid }) => pid);
    },
    close: () => pool.end(),
  };
}

/** Wrong SQL stays wrong. */
function isMistake(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return /^(42|22|23)/.test(code);
}

function postmaster(folder: string): number | null {
  try {
    const [pid] = readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n");
    return Number(pid) || null;
  } catch {
    return null;
  }
}
