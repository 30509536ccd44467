import { unwrapKey, wrapKey } from "./data-keys.ts";
import type { Db } from "./db.ts";
import type { KeySource } from "./key-source.ts";

/**
 * Wraps every data key, the index key's too, anew under the outside key that comes first now; the keys
 * themselves stay. Answers how many. Rejects before it changes anything when one can't be unwrapped. May be
 * broken off and called again at any time.
 */
export async function rewrapDataKeys(db: Db, source: KeySource): Promise<number> {
  const rows = await db.dataKey.findMany({ orderBy: { createdAt: "asc" } });
  const keys = [];
  for (const row of rows) keys.push({ row, key: await unwrapKey(source, row) });
  for (const { row, key } of keys) {
    const { by: wrappedBy, wrapped } = await wrapKey(source, row, key);
    const fresh = { ...row, wrappedBy, wrapped };
    // It replaces the only copy there is.
    if (!(await unwrapKey(source, fresh)).equals(key)) throw new Error("A new wrap doesn't open.");
    await db.dataKey.update({ where: { id: row.id }, data: { wrappedBy, wrapped } });
  }
  return rows.length;
}
