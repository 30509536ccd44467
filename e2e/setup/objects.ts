type Sql = (text: string) => Promise<Record<string, unknown>[]>;

/** The addresses of what the story holds, one of each state; of alerts one of each of what is asked for. */
export async function objects(sql: Sql, alertsBy: "kind" | "severity"): Promise<string[]> {
  const found = await sql(`
    (select distinct on (${alertsBy}) '/alerts/' || id as path from alerts order by ${alertsBy}, id desc)
    union all (select distinct on (state) '/deliveries/' || id from deliveries order by state, id desc)
    union all (select '/settings/endpoints/' || id from endpoints where deleted_at is null)
    union all (select distinct on (status) '/orders/' || id from orders order by status, id desc)
    union all (select distinct on (state) '/codes/' || id from codes order by state, id desc)`);
  return found.map(({ path }) => String(path));
}
