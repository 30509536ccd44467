import { type Actor, can } from "#lib/access/actor.ts";
import type { SuppliersContext } from "./context.ts";
import { isFromEnvironment } from "./open-account.ts";
import { readBudgets } from "./read-budget.ts";
import type { PauseView, SocketView, SupplierRow, SuppliersRights } from "./room-types.ts";

type Ctx = Pick<SuppliersContext, "db" | "suppliers" | "env" | "now">;

/** Accounts as the list shows them, by name. Asks for nobody's permission: whoever calls it has. */
export async function readSupplierRows(ctx: Ctx): Promise<SupplierRow[]> {
  const [budgets, suppliers, open, troubled] = await Promise.all([
    readBudgets(ctx),
    ctx.db.supplier.findMany({ include: { socket: true } }),
    countBy(ctx, OPEN_ORDERS),
    countBy(ctx, TROUBLED_MESSAGES),
  ]);
  const byId = new Map(suppliers.map((row) => [row.id, row]));
  const now = ctx.now();
  return budgets.flatMap((budget): SupplierRow[] => {
    const row = byId.get(budget.supplierId);
    if (!row) return [];
    const { id, slug, name, kind } = row;
    const account = ctx.suppliers.byId(id);
    const why = ctx.suppliers.notConnected().find((one) => one.id === id)?.why;
    return [
      {
        id,
        slug,
        name,
        kind,
        target: targetOf(ctx, row),
        budget,
        orderingPaused: pauseOf(
          row.orderingPausedUntil,
          row.orderingPausedWhy,
          row.orderingPausedBy,
          now,
        ),
        pollingPaused: pauseOf(
          row.pollingPausedUntil,
          row.pollingPausedWhy,
          row.pollingPausedBy,
          now,
        ),
        notConnected: account ? null : (why ?? null),
        push: account?.supplier.traits.push ?? null,
        socket: account?.openSocket ? socketOf(row.socket, row.createdAt, now) : null,
        openOrders: open.get(id) ?? 0,
        inboxTroubled: troubled.get(id) ?? 0,
      },
    ];
  });
}

export const rightsOf = (actor: Actor): SuppliersRights => ({
  manage: can(actor, "suppliers.manage"),
});

function targetOf(
  ctx: Pick<SuppliersContext, "env">,
  { slug, config }: { slug: string; config: unknown },
): string | null {
  if (isFromEnvironment(ctx, slug)) return ctx.env.FOXRELOAD_BASE_URL;
  const { baseUrl } = config as { baseUrl?: unknown };
  return typeof baseUrl === "string" ? baseUrl : null;
}

/** Null where it isn't paused, or not any more. */
function pauseOf(
  until: Date | null,
  why: string | null,
  by: string | null,
  now: Date,
): PauseView | null {
  if (!until || until <= now) return null;
  return { until: until.toISOString(), why: why ?? "", by: by ?? "" };
}

/** One that has shown no sign of life for so long is down, whatever its worker wrote last. */
const SILENT_MS = 45_000;

type SocketRow = {
  leaseUntil: Date | null;
  state: string;
  since: Date;
  seenAt: Date | null;
  connects: number;
  updates: number;
  lastError: string | null;
};

/** Down since the account is there, where no worker has tried yet. */
function socketOf(row: SocketRow | null, createdAt: Date, now: Date): SocketView {
  const isHeld = row?.leaseUntil != null && row.leaseUntil > now;
  const isSilent = (row?.seenAt?.getTime() ?? 0) < now.getTime() - SILENT_MS;
  const state = isHeld && !(row.state === "up" && isSilent) ? row.state : "down";
  return {
    state: state as SocketView["state"],
    since: (row?.since ?? createdAt).toISOString(),
    seenAt: row?.seenAt?.toISOString() ?? null,
    connects: row?.connects ?? 0,
    updates: row?.updates ?? 0,
    lastError: row?.lastError ?? null,
  };
}

const OPEN_ORDERS = `select supplier_id as id, count(*)::int as count from orders
  where finished_at is null group by supplier_id`;
const TROUBLED_MESSAGES = `select supplier_id as id, count(*)::int as count from inbox_messages
  where state in ('unmatched', 'unreadable', 'failed') group by supplier_id`;

async function countBy({ db }: Pick<Ctx, "db">, sql: string): Promise<Map<string, number>> {
  const rows = await db.$queryRawUnsafe<{ id: string; count: number }[]>(sql);
  return new Map(rows.map(({ id, count }) => [id, count]));
}
