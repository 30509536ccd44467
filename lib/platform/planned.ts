import { createHash } from "node:crypto";
import { type Db, poolOf } from "./db.ts";

/** What asks the database in SQL: a client, a transaction, or `planned`. */
export type Asking = {
  $queryRawUnsafe<Rows>(sql: string, ...values: unknown[]): Promise<Rows>;
};

/**
 * For the few statements that are asked hundreds of times a second: each connection plans a text once, and Prisma,
 * which compiles a statement anew each time with all that it carries, is passed by. As many texts are kept as were
 * ever asked, so they are constants. Values are text, numbers and lists of them, and so are answers. A `db` that
 * somebody wrapped is asked itself.
 */
export function planned(db: Db): Asking {
  const pool = poolOf(db);
  if (!pool) return db;
  return {
    async $queryRawUnsafe<Rows>(text: string, ...values: unknown[]) {
      const { rows } = await pool.query({ name: nameOf(text), text, values });
      return rows as Rows;
    },
  };
}

const names = new Map<string, string>();

/** PostgreSQL cuts names at 63 bytes. */
function nameOf(sql: string): string {
  const known = names.get(sql) ?? createHash("sha256").update(sql).digest("base64url");
  names.set(sql, known);
  return known;
}
