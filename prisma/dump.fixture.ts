import type { Db } from "#lib/platform/db.ts";

/** Every row of every table, as text and as JSON. */
export async function dumpOf(db: Db): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`;
  const rows: string[] = [];
  for (const { name } of tables) {
    const found = await db.$queryRawUnsafe<{ row: string }[]>(
      `select t::text || to_jsonb(t)::text as row from ${name} t`,
    );
    rows.push(...found.map(({ row }) => row));
  }
  return rows.join("\n");
}

/** How a text may be spelt where it should not be found: plain, in base64, hex, UTF-16, reversed, escaped. */
export function spellingsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  // The shift is what stood before it in the same base64; characters at the edges are shared with others.
  const shifted = (encoding: "base64" | "base64url") =>
    [0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString(encoding)
        .slice(shift === 0 ? 0 : shift + 1, -4),
    );
  return [
    text,
    ...shifted("base64"),
    ...shifted("base64url"),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    Buffer.from(text, "utf16le").toString("latin1"),
    Buffer.from(text, "utf16le").toString("hex"),
    [...text].reverse().join(""),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
  ];
}
