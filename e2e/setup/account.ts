type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

/**
 * How the account is treated from now on: with `false` a lost create is counted out, with `true` it is
 * made again; `null` leaves it to be learnt from answers, as it is at first.
 */
export async function treatCreatingAsFree(sql: Sql, isFree: boolean | null): Promise<void> {
  await sql("delete from supplier_capabilities where name = 'create_is_free'");
  if (isFree === null) return;
  await sql(
    "insert into supplier_capabilities (supplier_id, name, value, learnt_from, learnt_at) " +
      "select id, 'create_is_free', $1::jsonb, 'person', now() from suppliers",
    [JSON.stringify(isFree)],
  );
}
