import type { Core } from "#lib/platform/core.ts";

/** Any fixed number: processes that ask at once take turns. */
const LOCK = 4_170_330;

/**
 * Whether the caller is to do this now: true for one process in `everyMs`, whichever asks first.
 *
 * When it was last done stands in `system_signals`, as a signal that was closed the moment it opened,
 * so that no page shows it; one row a name, brought up to date.
 */
export async function isDue(
  core: Pick<Core, "db" | "now" | "newId">,
  name: string,
  everyMs: number,
): Promise<boolean> {
  const now = core.now();
  const dueSince = new Date(now.getTime() - everyMs);
  return core.db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${LOCK}::bigint) as taken`;
    if (!lock?.taken) return false;
    const [last] = await tx.$queryRaw<{ id: string; at: Date }[]>`
      select id, opened_at as at from system_signals where key = 'doctor_ran' and subject = ${name}`;
    if (!last) {
      await tx.$executeRaw`
        insert into system_signals (id, key, subject, opened_at, cleared_at)
        values (${core.newId()}::uuid, 'doctor_ran', ${name}, ${now}, ${now})`;
      return true;
    }
    if (last.at > dueSince) return false;
    await tx.$executeRaw`
      update system_signals set opened_at = ${now}, cleared_at = ${now} where id = ${last.id}::uuid`;
    return true;
  });
}
