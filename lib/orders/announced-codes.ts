import { OWN_REQUEST } from "#lib/audit/request-facts.ts";
import {
  ANNOUNCER,
  type AnnouncedHandOut,
  giveAnnounced,
  type NothingGiven,
  notePushed,
  type OpenedCode,
  openPushed,
} from "#lib/codes/give-announced.ts";
import { linkState } from "#lib/codes/hand-out-view.ts";
import { makeClaimLink, readyLink } from "#lib/codes/make-claim-link.ts";
import type { Material, NoMaterial, TellableCode } from "#lib/events/material.ts";
import type { Core } from "#lib/platform/core.ts";
import { PATIENT, type Tx } from "#lib/platform/db.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import { SEALED_LINKS } from "./sealed-links.ts";

type MaterialContext = Core & {
  sealer: Sealer;
  /** Where the console is reached from outside: claim links lead there. */
  consoleUrl: string;
};

export type MaterialAsked = {
  orderId: string;
  style: "claim_link" | "codes";
  endpointId: string;
  endpointName: string;
  deliveryId: string;
  /** The endpoint's filter: stock products whose codes it may have; left out or empty: all. */
  productIds?: readonly string[] | null;
};

const { boundTo } = SEALED_LINKS;

type Link = { url: string; expiresAt: Date };

/**
 * What goes along with the news that an order's codes have come: a claim link, or the codes themselves. With
 * it they are handed out to the order's customer; where it names none, they were bought for stock and stay
 * there. However many endpoints and tries ask, they are handed out once and the link is the same, unless it expired
 * unopened; the audit log knows of codes before they leave, once a delivery. Rejects where the database is
 * away or something doesn't open (`SealError`): nothing may be sent then.
 */
export async function materialFor(ctx: MaterialContext, asked: MaterialAsked): Promise<Material> {
  await ctx.sealer.ready();
  return asked.style === "claim_link" ? claimFor(ctx, asked) : codesFor(ctx, asked);
}

async function claimFor(ctx: MaterialContext, asked: MaterialAsked): Promise<Material> {
  const { orderId } = asked;
  const found = await ctx.db.$transaction(async (tx) => {
    if (await hasOthers(tx, asked)) return "other_products";
    const given = await give(tx, ctx, asked, "link");
    return typeof given === "string" ? given : linkTo(tx, ctx, orderId, given);
  }, PATIENT);
  if (typeof found === "string") return none(found);
  const { expiresAt, ...link } = found;
  const url = "url" in link ? link.url : await ctx.sealer.open(link.sealed, boundTo(orderId));
  return { kind: "claim", url, expiresAt: expiresAt.toISOString() };
}

async function codesFor(ctx: MaterialContext, asked: MaterialAsked): Promise<Material> {
  const { orderId, endpointId, endpointName: endpoint, deliveryId } = asked;
  const pushed = await ctx.db.$transaction(async (tx) => {
    const given = await give(tx, ctx, asked, "push");
    if (typeof given === "string") return given;
    const those = { orderId, productIds: asked.productIds ?? [] };
    return notePushed(tx, ctx, those, { endpointId, endpoint, deliveryId });
  }, PATIENT);
  if (typeof pushed === "string") return none(pushed);
  if (pushed.length === 0) return none("no_codes");
  const codes = new Map<string, TellableCode[]>();
  for (const code of await openPushed(ctx, pushed)) {
    codes.set(code.itemId, [...(codes.get(code.itemId) ?? []), tellable(code)]);
  }
  return { kind: "codes", codes };
}

const none = (why: NoMaterial["why"]): NoMaterial => ({ kind: "none", why });

/** One at a time for each order; orders themselves stay free for whoever records what is learnt of them. */
async function give(
  tx: Tx,
  ctx: MaterialContext,
  { orderId, productIds }: MaterialAsked,
  way: "link" | "push",
): Promise<AnnouncedHandOut | NothingGiven | "for_stock"> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`announced ${orderId}`}, 0))`;
  const order = await tx.order.findUniqueOrThrow({
    where: { id: orderId },
    select: { status: true, customerRef: true },
  });
  if (order.status !== "completed" && order.status !== "partial") return "withheld";
  const { customerRef } = order;
  if (customerRef === null) return "for_stock";
  return giveAnnounced(tx, ctx, { orderId, customerRef, way, productIds: productIds ?? [] });
}

/** A link opens all of an order: for an endpoint that may have only a part of it there is none. */
async function hasOthers(tx: Tx, { orderId, productIds }: MaterialAsked): Promise<boolean> {
  if (!productIds?.length) return false;
  const [row] = await tx.$queryRaw<{ others: boolean }[]>`
    select bool_or(not stock_product_of(o.supplier_id, i.external_id) = any(${[...productIds]}::uuid[])) as others
    from orders o join order_items i on i.order_id = o.id where o.id = ${orderId}::uuid`;
  return row?.others ?? false;
}

/** The link that was told of before, while it says what there is to say; otherwise another one. */
async function linkTo(
  tx: Tx,
  ctx: MaterialContext,
  orderId: string,
  { id: handOutId }: AnnouncedHandOut,
): Promise<Link | { sealed: string; expiresAt: Date } | NoMaterial["why"]> {
  const told = await tx.announcedLink.findUnique({
    where: { orderId },
    include: { claimLink: true },
  });
  if (told?.claimLink.handOutId === handOutId) {
    switch (linkState(told.claimLink, ctx.now())) {
      case "open":
      case "opened":
        return { sealed: told.sealed, expiresAt: told.claimLink.expiresAt };
      case "revoked":
      case "locked":
        return "revoked";
      case "expired":
    }
  }
  const good = await tx.code.count({ where: { handOutId, state: "handed_out" } });
  if (good === 0) return "no_codes";
  const link = await makeClaimLink(tx, ctx, ANNOUNCER, handOutId, await readyLink({}), OWN_REQUEST);
  const url = new URL(`/claim/${link.id}#${link.secret}`, ctx.consoleUrl).href;
  const row = {
    claimLinkId: link.id,
    sealed: ctx.sealer.seal(url, boundTo(orderId)),
    createdAt: ctx.now(),
  };
  await tx.announcedLink.upsert({
    where: { orderId },
    create: { orderId, ...row },
    update: row,
  });
  return { url, expiresAt: link.expiresAt };
}

/** Its parts that have a name, as outsiders are told of them. */
export function tellable({ id, value, parts }: OpenedCode): TellableCode {
  const { code, pin, serial, expiry, url, esim, others } = parts;
  return {
    codeId: id,
    value,
    ...(code === null || code === value ? {} : { code }),
    ...(pin === null ? {} : { pin }),
    ...(serial === null ? {} : { serial }),
    ...(expiry === null ? {} : { expiry: expiry.text }),
    ...(url === null ? {} : { url }),
    ...(esim === null ? {} : { esim }),
    ...(others.length === 0 ? {} : { others }),
  };
}
