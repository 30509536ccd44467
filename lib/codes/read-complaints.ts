import { z } from "zod";
import { type Actor, requirePermission } from "#lib/access/actor.ts";
import type { Core } from "#lib/platform/core.ts";
import { isUuid } from "#lib/platform/ids.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { codeRights } from "./code-rights.ts";
import { COMPLAINT_SELECT, complaintView } from "./read-code.ts";
import type { ComplaintPage } from "./types.ts";

const PAGE_SIZE = 50;

const schema = z.object({
  /** What is over instead of what is open. */
  show: z.literal("closed").optional().catch(undefined),
  after: z.string().min(1).max(100).optional().catch(undefined),
});

export type ComplaintFilter = z.infer<typeof schema>;

export const parseComplaintFilter = (params: URLSearchParams): ComplaintFilter =>
  schema.parse(Object.fromEntries(params));

/** Open complaints, the one whose time runs out first on top; or closed ones, the latest opened on top. */
export async function readComplaints(
  core: Core,
  actor: Actor,
  { show, after }: ComplaintFilter,
): Promise<ComplaintPage> {
  requirePermission(actor, "codes.read");
  const rows = await core.db.codeComplaint.findMany({
    ...(show === "closed" ? closed(after) : open(after)),
    take: PAGE_SIZE + 1,
    select: {
      ...COMPLAINT_SELECT,
      code: {
        select: {
          id: true,
          mask: true,
          state: true,
          orderId: true,
          customerRef: true,
          stockProduct: { select: { name: true, region: true } },
          order: { select: { supplierOrderId: true, supplier: { select: { name: true } } } },
        },
      },
    },
  });
  const page = rows.slice(0, PAGE_SIZE);
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined;
  return {
    rows: page.map(({ code, ...complaint }) => ({
      ...complaintView(complaint),
      codeId: code.id,
      mask: code.mask,
      state: code.state,
      productName: code.stockProduct.name,
      region: code.stockProduct.region,
      supplierName: code.order?.supplier.name ?? null,
      orderId: code.orderId,
      supplierOrderId: code.order?.supplierOrderId ?? null,
      customerRef: code.customerRef,
    })),
    next: last
      ? show === "closed"
        ? last.id
        : `${last.windowEndsAt.toISOString()}~${last.id}`
      : null,
    may: codeRights(actor),
    readAt: core.now().toISOString(),
  };
}

type Order = Pick<Prisma.CodeComplaintFindManyArgs, "where" | "orderBy">;

const closed = (after: string | undefined): Order => ({
  where: { closedAt: { not: null }, ...(isUuid(after) ? { id: { lt: after } } : {}) },
  orderBy: { id: "desc" },
});

function open(after: string | undefined): Order {
  const [text, id] = after?.split("~") ?? [];
  const at = new Date(text ?? "");
  const place = isUuid(id) && !Number.isNaN(at.getTime());
  return {
    where: {
      closedAt: null,
      ...(place
        ? { OR: [{ windowEndsAt: { gt: at } }, { windowEndsAt: at, id: { gt: id } }] }
        : {}),
    },
    orderBy: [{ windowEndsAt: "asc" }, { id: "asc" }],
  };
}
