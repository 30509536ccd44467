import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import { clearSystemSignal, openSystemSignal } from "#lib/signals/system-signals.ts";
import { COUNTED_UP_TO, EXPIRING_WITHIN_MS } from "./expiring-policy.ts";

/** An advisory lock: one process at a time. */
const LOCK = 7_220_006;

type Expiring = { id: string; name: string; count: number; first: Date; told: Told };
type Told = { codes?: number; firstAt?: string } | null;

/**
 * Opens a signal for each product that has codes in stock which are over soon, and clears it once it has none.
 * Any number of processes may do so at once; one does.
 */
export async function watchExpiries(core: Core): Promise<void> {
  await core.db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
      select pg_try_advisory_xact_lock(${LOCK}::bigint) as taken`;
    if (lock?.taken) await judgeExpiries(tx, core);
  }, PATIENT);
}

async function judgeExpiries(tx: Tx, core: Pick<Core, "now" | "newId">): Promise<void> {
  const now = core.now();
  const until = new Date(now.getTime() + EXPIRING_WITHIN_MS);
  const expiring = await tx.$queryRaw<Expiring[]>`
    select p.id::text, p.name, soon.count, soon.first, s.data as told
    from (
      select stock_product_id, count(*)::int as count, min(expires_at) as first
      from codes
      where state in ('available', 'reserved') and expires_at is not null and expires_at <= ${until} and not is_mock
      group by 1) soon
    join stock_products p on p.id = soon.stock_product_id
    left join system_signals s on s.key = 'codes_expiring' and s.subject = p.id::text and s.cleared_at is null
    order by p.id`;
  for (const { id, name, first, told, ...product } of expiring) {
    const codes = Math.min(product.count, COUNTED_UP_TO);
    const firstAt = first.toISOString();
    if (told?.codes === codes && told.firstAt === firstAt) continue;
    await openSystemSignal(tx, core, "codes_expiring", id, { name, codes, firstAt });
  }
  const open = await tx.systemSignal.findMany({
    where: {
      key: "codes_expiring",
      clearedAt: null,
      subject: { notIn: expiring.map(({ id }) => id) },
    },
    select: { subject: true },
  });
  for (const { subject } of open) await clearSystemSignal(tx, core, "codes_expiring", subject);
}
