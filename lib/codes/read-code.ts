import { type Actor, requirePermission } from "#lib/access/actor.ts";
import { auditStoryOf, type StoryOf } from "#lib/audit/read-story.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { codeRights } from "./code-rights.ts";
import { COMPLAINT_KINDS, windowEndsAt } from "./complaint-policy.ts";
import { COUNTED_UP_TO } from "./expiring-policy.ts";
import { handOutView } from "./hand-out-view.ts";
import type { CodeDetail, CodeEvent, ComplaintKind, ComplaintView } from "./types.ts";

/** Hundreds of looks at one code are told by the latest of them. */
const MOST_EVENTS = 200;

const LINKED = { select: { id: true, mask: true, state: true } } as const;

/** A complaint as pages show it. */
export const COMPLAINT_SELECT = {
  id: true,
  kind: true,
  evidence: true,
  openedAt: true,
  openedBy: true,
  windowEndsAt: true,
  closedAt: true,
  closedBy: true,
  outcome: true,
  outcomeNote: true,
} as const satisfies Prisma.CodeComplaintSelect;

type ComplaintSelected = Prisma.CodeComplaintGetPayload<{ select: typeof COMPLAINT_SELECT }>;

/** Everything about one code but what it is; null when there is none. */
export async function readCode(
  core: Core,
  actor: Actor,
  codeId: string,
): Promise<CodeDetail | null> {
  requirePermission(actor, "codes.read");
  if (!isUuid(codeId)) return null;
  const code = await core.db.code.findUnique({
    where: { id: codeId },
    omit: { sealed: true, blindIndex: true },
    include: {
      stockProduct: true,
      item: { select: { position: true } },
      order: { select: { id: true, supplierOrderId: true } },
      import: { select: { id: true, source: true } },
      handOut: {
        include: { links: { orderBy: { id: "desc" } }, _count: { select: { codes: true } } },
      },
      replaces: LINKED,
      replacedBy: LINKED,
      complaints: { orderBy: { id: "desc" }, select: COMPLAINT_SELECT },
      conflicts: { orderBy: { id: "asc" }, select: { mask: true, storedAt: true } },
    },
  });
  if (!code) return null;
  const { stockProduct, storedAt, handOutId } = code;
  const [supplier, available, history] = await Promise.all([
    stockProduct.supplierId === null
      ? null
      : core.db.supplier.findUnique({
          where: { id: stockProduct.supplierId },
          select: { name: true },
        }),
    countAvailable(core, code.stockProductId),
    readHistory(core, { codeId, orderId: code.orderId, handOutId }),
  ]);
  const now = core.now();
  return {
    id: code.id,
    mask: code.mask,
    state: code.state,
    stateChangedAt: code.stateChangedAt.toISOString(),
    productId: code.stockProductId,
    productName: stockProduct.name,
    region: stockProduct.region,
    supplierName: supplier?.name ?? null,
    orderId: code.orderId,
    customerRef: code.customerRef,
    cost: code.cost?.toFixed() ?? null,
    currency: code.currency,
    isMock: code.isMock,
    storedAt: storedAt.toISOString(),
    expiresAt: iso(code.expiresAt),
    revealedAt: iso(code.revealedAt),
    position: code.position,
    order: code.order && { ...code.order, item: code.item?.position ?? 0 },
    import: code.import,
    handOut: code.handOut && handOutView(code.handOut, now),
    replaces: code.replaces,
    replacedBy: code.replacedBy,
    complaints: code.complaints.map(complaintView),
    windows: code.orderId === null ? null : windowsOf(storedAt),
    conflicts: code.conflicts.map((conflict) => ({
      ...conflict,
      storedAt: conflict.storedAt.toISOString(),
    })),
    available,
    history: history.slice(-MOST_EVENTS),
    historyCut: history.length > MOST_EVENTS,
    may: codeRights(actor),
    readAt: now.toISOString(),
  };
}

export const complaintView = (row: ComplaintSelected): ComplaintView => ({
  ...row,
  kind: row.kind as ComplaintView["kind"],
  outcome: row.outcome as ComplaintView["outcome"],
  openedAt: row.openedAt.toISOString(),
  windowEndsAt: row.windowEndsAt.toISOString(),
  closedAt: iso(row.closedAt),
});

const windowsOf = (storedAt: Date): Record<ComplaintKind, string> =>
  Object.fromEntries(
    COMPLAINT_KINDS.map((kind) => [kind, windowEndsAt(kind, storedAt).toISOString()]),
  ) as Record<ComplaintKind, string>;

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

async function countAvailable({ db }: Core, stockProductId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from (
      select 1 from codes
      where stock_product_id = ${stockProductId}::uuid and state = 'available' and not is_mock
        and revealed_at is null
      limit ${COUNTED_UP_TO + 1}) few`;
  return row?.count ?? 0;
}

async function readHistory(
  core: Core,
  {
    codeId,
    orderId,
    handOutId,
  }: { codeId: string; orderId: string | null; handOutId: string | null },
): Promise<CodeEvent[]> {
  const objects: StoryOf[] = [{ objectKind: "code", objectId: codeId }];
  if (handOutId) objects.push({ objectKind: "hand_out", objectId: handOutId });
  // Reveals were once noted on the order.
  if (orderId) {
    objects.push({ objectKind: "order", objectId: orderId, action: "code.revealed", codeId });
  }
  const lines = await auditStoryOf(core, objects, MOST_EVENTS + 1);
  return lines.map(({ seq, at, actorName, details, ...line }) => ({
    ...line,
    id: String(seq),
    at: at.toISOString(),
    actor: actorName,
    details: details as CodeEvent["details"],
  }));
}
