import type { Tx } from "#lib/platform/db.ts";
import { readPollingSettings } from "#lib/polling/polling-settings.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { WAITING_STATUSES } from "./lifecycle.ts";
import { STALLED_AFTER_MS } from "./poll-schedule.ts";

/** Milliseconds in one open state that are a stall, where somebody has set it for a supplier or a product of his. */
export type StalledAfter = ReadonlyMap<
  string,
  { ms: number; products: ReadonlyMap<string, number> }
>;

export async function readStalledAfter({
  db,
}: {
  db: Pick<Tx, "pollingPlan" | "product">;
}): Promise<StalledAfter> {
  const [plans, products] = await Promise.all([
    db.pollingPlan.findMany({
      where: { NOT: { settings: { equals: {} } } },
      select: { supplierId: true, settings: true },
    }),
    db.product.findMany({
      where: { stalledAfterMs: { not: null } },
      select: { supplierId: true, externalId: true, stalledAfterMs: true },
    }),
  ]);
  const after = new Map<string, { ms: number; products: Map<string, number> }>();
  for (const { supplierId, settings } of plans) {
    const { stalledAfterMs } = readPollingSettings(settings);
    if (stalledAfterMs !== null) after.set(supplierId, { ms: stalledAfterMs, products: new Map() });
  }
  for (const { supplierId, externalId, stalledAfterMs } of products) {
    const of = after.get(supplierId) ?? { ms: STALLED_AFTER_MS, products: new Map() };
    if (stalledAfterMs !== null) of.products.set(externalId, stalledAfterMs);
    after.set(supplierId, of);
  }
  return after;
}

/** Of an order: as long as the slowest of its products may take. Pure. */
export function stalledAfterMs(
  after: StalledAfter,
  { supplierId, externalIds }: { supplierId: string; externalIds: readonly string[] },
): number {
  const given = after.get(supplierId);
  if (!given) return STALLED_AFTER_MS;
  return Math.max(
    ...(externalIds.length > 0 ? externalIds : [""]).map(
      (id) => given.products.get(id) ?? given.ms,
    ),
  );
}

/** The same as a condition: it has stood still for longer than any of its products may. Pure. */
export function hasStalled(after: StalledAfter, now: Date): Prisma.OrderWhereInput {
  // As `standsSince` has it: what was told is never the later of the two.
  const before = (ms: number): Prisma.OrderWhereInput => {
    const at = { lte: new Date(now.getTime() - ms) };
    return { OR: [{ toldSince: at }, { statusChangedAt: at }] };
  };
  const suppliers = [...after].map(([supplierId, { ms, products }]): Prisma.OrderWhereInput => {
    if (products.size === 0) return { supplierId, ...before(ms) };
    const among = (externalId: Prisma.StringFilter) => ({ none: { externalId } });
    return {
      supplierId,
      AND: [
        before(Math.min(ms, ...products.values())),
        {
          OR: [before(ms), { items: among({ notIn: [...products.keys()] }) }],
        },
        ...[...new Set(products.values())].map((length) => {
          const ids = [...products].flatMap(([id, its]) => (its === length ? [id] : []));
          return { OR: [before(length), { items: among({ in: ids }) }] };
        }),
      ],
    };
  });
  return {
    status: { in: [...WAITING_STATUSES] },
    OR: [{ ...before(STALLED_AFTER_MS), supplierId: { notIn: [...after.keys()] } }, ...suppliers],
  };
}
