import type { Core } from "#lib/platform/core.ts";
import type { Sealer } from "#lib/platform/seal.ts";
import type { SupplierAccount, SupplierAccounts } from "#lib/suppliers/account.ts";
import type { InboundHeaders, Verdict, WhyRefused } from "#lib/suppliers/inbound.ts";
import { dedupeKey, maySayMore } from "./dedupe-key.ts";
import { MOST_BYTES } from "./inbox-policy.ts";
import { noteRefusal } from "./note-refusal.ts";
import { eventOf, readNews } from "./read-news.ts";
import { sealMessage } from "./sealed-inbox.ts";
import { storeTogether } from "./store-together.ts";
import { takeTurn } from "./take-turns.ts";

export type InboundContext = Core & { sealer: Sealer; suppliers: SupplierAccounts };

export type Received =
  /** It is committed; whoever sent it need not send it again. */
  | { kind: "stored" }
  | { kind: "repeated" }
  /** Not proved to be the supplier's. Outside, all reasons are one. */
  | { kind: "refused"; why: WhyRefused }
  | { kind: "too_large" }
  | { kind: "unknown_supplier" }
  /** There is such an account, and it isn't connected: to be sent again. */
  | { kind: "not_connected" };

/** How fresh what is known of the accounts has to be. */
const KNOWN_FOR_MS = 5_000;
/** And to refuse somebody by it. */
const DOUBTED_FOR_MS = 1_000;

/**
 * Takes what somebody sends in a supplier's name: proved by its very bytes, then stored, sealed, once. Does nothing
 * of what it says; `workOnInbox` does.
 */
export async function receiveMessage(
  ctx: InboundContext,
  slug: string,
  raw: Buffer,
  headers: InboundHeaders,
): Promise<Received> {
  if (raw.length > MOST_BYTES) return { kind: "too_large" };
  await takeTurn();
  const heard = await hear(ctx, slug, raw, headers);
  if (!heard) return isAccount(ctx, slug) ? { kind: "not_connected" } : UNKNOWN;
  const { account, verdict } = heard;
  if (verdict.kind !== "verified") {
    const { why } = verdict;
    ctx.log.warn({ supplier: slug, why, bytes: raw.length }, "a message was refused");
    await noteRefusal(ctx, account, why).catch((err) =>
      ctx.log.error({ err, supplier: slug }, "a refused message could not be noted"),
    );
    return { kind: "refused", why };
  }
  const news = readNews(ctx.log, account, raw);
  await ctx.sealer.ready();
  const id = ctx.newId();
  const isNew = await storeTogether(ctx, {
    id,
    supplierId: account.id,
    dedupeKey: dedupeKey(verdict, news, raw),
    scheme: verdict.scheme,
    event: eventOf(news),
    sealed: sealMessage(ctx.sealer, id, raw),
    bytes: raw.length,
    maySayMore: maySayMore(verdict, news),
  });
  return { kind: isNew ? "stored" : "repeated" };
}

/** Whom it names, and whether it is his; null where nobody is called so, or he isn't connected. */
async function hear(
  ctx: InboundContext,
  slug: string,
  raw: Buffer,
  headers: InboundHeaders,
): Promise<{ account: SupplierAccount; verdict: Verdict } | null> {
  // A secret that was replaced stops counting everywhere.
  await ctx.suppliers.refresh(ctx, KNOWN_FOR_MS);
  const known = ctx.suppliers.bySlug(slug);
  const verdict = known && verify(ctx, known, raw, headers);
  if (known && verdict?.kind === "verified") return { account: known, verdict };
  // The account, or its secret, may be newer than what this process knows.
  await ctx.suppliers.refresh(ctx, DOUBTED_FOR_MS);
  const account = ctx.suppliers.bySlug(slug);
  return account && { account, verdict: verify(ctx, account, raw, headers) };
}

const UNKNOWN: Received = { kind: "unknown_supplier" };

function verify(
  { now }: Pick<Core, "now">,
  { inbound }: SupplierAccount,
  raw: Buffer,
  headers: InboundHeaders,
): Verdict {
  return inbound?.verify(raw, headers, now()) ?? { kind: "refused", why: "no_secret" };
}

/** A sender that is told that its address is gone may give it up for good. */
const isAccount = ({ suppliers }: InboundContext, slug: string): boolean =>
  suppliers.notConnected().some((one) => one.slug === slug);
