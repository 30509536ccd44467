import { type Actor, can, requirePermission } from "#lib/access/actor.ts";
import { auditTrailOf } from "#lib/audit/read.ts";
import type { CodeState } from "#lib/codes/lifecycle.ts";
import { waysOf } from "#lib/placement/ways.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { SupplierAccounts } from "#lib/suppliers/account.ts";
import { readPauses } from "#lib/suppliers/read-pauses.ts";
import { isFinished } from "./lifecycle.ts";
import { COOLING_KINDS, LOOK_COOLDOWN_MS, standsSince } from "./poll-schedule.ts";
import { ROW_SELECT, toRow } from "./read-orders.ts";
import { readWait, WAIT_SELECT } from "./read-wait.ts";
import type { SignalKey } from "./signals.ts";
import { readStalledAfter } from "./stalled-after.ts";
import type { TimelineKind } from "./timeline.ts";
import type { OrderDetail, OrderItemView, Rejection, SignalView, TimelineView } from "./types.ts";

type Facts = TimelineView["data"];

/** Whose orders Keyhold pays is a trait of their account. */
export type OrderReader = Core & { suppliers: Pick<SupplierAccounts, "byId"> };

/** Everything known about one order that this person may see; null when there is none. */
export async function readOrder(
  core: OrderReader,
  actor: Actor,
  orderId: string,
): Promise<OrderDetail | null> {
  requirePermission(actor, "orders.read");
  if (!isUuid(orderId)) return null;
  const order = await core.db.order.findUnique({
    where: { id: orderId },
    select: {
      ...ROW_SELECT,
      clientRef: true,
      supplierOrderId: true,
      supplierWord: true,
      cancelReason: true,
      rejection: true,
      paymentExpiresAt: true,
      paidAt: true,
      finishedAt: true,
      looks: true,
      lastLookError: true,
      pollEveryMs: true,
      supplierId: true,
      correlationId: true,
      lastAnswer: can(actor, "orders.answers"),
      paymentPage: { select: { toldAt: true } },
      supplier: { select: { name: true, ...WAIT_SELECT } },
      signals: { where: { clearedAt: null }, orderBy: { openedAt: "asc" } },
      timeline: { orderBy: [{ at: "asc" }, { id: "asc" }] },
      items: {
        orderBy: { position: "asc" },
        include: {
          _count: { select: { codes: true } },
          codes: {
            orderBy: { position: "asc" },
            select: {
              id: true,
              position: true,
              mask: true,
              state: true,
              storedAt: true,
              revealedAt: true,
              conflicts: {
                orderBy: [{ storedAt: "asc" }, { id: "asc" }],
                select: { mask: true, storedAt: true },
              },
            },
          },
        },
      },
    },
  });
  if (!order) return null;
  const now = core.now();
  const { supplier, items, timeline, signals, agreedTotal, chargedTotal, lastAnswer, ...rest } =
    order;
  const [stalledAfter, pauses] = await Promise.all([
    readStalledAfter(core),
    readPauses(core.db, now),
  ]);
  const isAwaited = rest.status === "awaiting_payment";
  const hasPaymentPage = isAwaited && rest.paymentPage !== null;
  // A page is kept only where Keyhold doesn't pay: it tells so of an account that isn't connected just now, too.
  const isTheirs = waysOf(core.suppliers, rest.supplierId).payStep === "none";
  const row = toRow(order, now, stalledAfter, pauses);
  return {
    ...row,
    clientRef: rest.clientRef,
    supplierName: supplier.name,
    supplierOrderId: rest.supplierOrderId,
    supplierWord: rest.supplierWord,
    cancelReason: rest.cancelReason,
    rejection: rest.rejection as Rejection | null,
    agreedTotal: agreedTotal.toFixed(),
    chargedTotal: chargedTotal?.toFixed() ?? null,
    paymentExpiresAt: iso(rest.paymentExpiresAt),
    isPaidElsewhere: hasPaymentPage || (isAwaited && isTheirs),
    hasPaymentPage,
    paidAt: iso(rest.paidAt),
    finishedAt: iso(rest.finishedAt),
    looks: rest.looks,
    lastLookError: rest.lastLookError,
    wait: rest.nextPollAt
      ? await readWait(
          core,
          { ...rest, externalIds: items.map(({ externalId }) => externalId) },
          supplier,
        )
      : null,
    lookAllowedAt: rest.nextPollAt ? lookAllowedAt(timeline) : null,
    correlationId: rest.correlationId,
    items: items.map(toItem),
    timeline: await wholeTimeline(core, orderId, items, timeline),
    openSignals: openSignals(row.signals, signals, standsSince(rest)),
    ...(can(actor, "orders.answers") && lastAnswer !== null ? { lastAnswer } : {}),
    may: {
      look: can(actor, "orders.look") && rest.nextPollAt !== null,
      openPaymentPage: can(actor, "orders.place") && hasPaymentPage,
      reveal: can(actor, "codes.reveal"),
      handOut: can(actor, "codes.hand_out"),
      placeAgain: can(actor, "orders.place") && isFinished(rest.status),
    },
    readAt: now.toISOString(),
  };
}

/** As `lookNow` has it: a while after the last read of this order, or the last request for one. */
function lookAllowedAt(timeline: { kind: string; at: Date; data: unknown }[]): string | null {
  const times = timeline.flatMap(({ kind, at, data }) => {
    if (!COOLING_KINDS.some((cooling) => cooling === kind)) return [];
    const { lastAt } = (data ?? {}) as { lastAt?: string };
    return [lastAt === undefined ? at.getTime() : Date.parse(lastAt)];
  });
  return times.length > 0 ? new Date(Math.max(...times) + LOOK_COOLDOWN_MS).toISOString() : null;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

type ItemRow = Omit<OrderItemView, "unitPrice" | "note" | "codes"> & {
  unitPrice: { toFixed(): string };
  note: unknown;
  codes: {
    id: string;
    position: number;
    mask: string;
    state: CodeState;
    storedAt: Date;
    revealedAt: Date | null;
    conflicts: { mask: string; storedAt: Date }[];
  }[];
};

function toItem(item: ItemRow): OrderItemView {
  return {
    id: item.id,
    position: item.position,
    externalId: item.externalId,
    productName: item.productName,
    region: item.region,
    isService: item.isService,
    quantity: item.quantity,
    unitPrice: item.unitPrice.toFixed(),
    note: item.note as OrderItemView["note"],
    userGuide: item.userGuide,
    error: item.error,
    codes: item.codes.map((code) => ({
      ...code,
      storedAt: code.storedAt.toISOString(),
      revealedAt: iso(code.revealedAt),
      conflicts: code.conflicts.map(({ mask, storedAt }) => ({
        mask,
        storedAt: storedAt.toISOString(),
      })),
    })),
  };
}

/** The order's own entries and what the audit log holds of its codes, in one line of time. */
async function wholeTimeline(
  core: Core,
  orderId: string,
  items: { codes: { id: string }[] }[],
  entries: { id: string; at: Date; kind: string; actor: string | null; data: unknown }[],
): Promise<TimelineView[]> {
  const codes = items.flatMap((item) => item.codes.map(({ id }) => id));
  // Before codes had entries of their own, the order had them.
  const reveals = (
    await Promise.all([
      auditTrailOf(core, "order", orderId, "code.revealed"),
      auditTrailOf(core, "code", codes, "code.revealed"),
    ])
  ).flat();
  const own = entries.map(({ id, at, kind, actor, data }) => {
    const { count, ...facts } = data as Facts;
    return {
      id,
      at: at.toISOString(),
      kind: kind as TimelineKind,
      actor,
      data: facts,
      count: Number(count ?? 1),
    };
  });
  const looked = reveals.map(({ at, actorName, reason, details }, index) => ({
    id: `reveal-${index}`,
    at: at.toISOString(),
    kind: "code_revealed" as const,
    actor: actorName,
    data: { ...(details as Facts), reason },
    count: 1,
  }));
  return [...own, ...looked].sort((left, right) =>
    left.at < right.at ? -1 : left.at > right.at ? 1 : 0,
  );
}

/** Also a stall that nobody has flagged yet. */
function openSignals(
  keys: SignalKey[],
  rows: { key: string; openedAt: Date; alertId: string | null; data: unknown }[],
  since: Date,
): SignalView[] {
  return keys.map((key) => {
    const row = rows.find((candidate) => candidate.key === key);
    return {
      key,
      openedAt: (row?.openedAt ?? since).toISOString(),
      alertId: row?.alertId ?? null,
      data: (row?.data ?? {}) as Facts,
    };
  });
}
