import { setTimeout as wait } from "node:timers/promises";
import { noteSilence, readAskedSilenceMs, takeCallAside } from "./call-budget.ts";
import type { OpeningContext } from "./context.ts";
import { connectMaterial, type Material } from "./open-account.ts";
import type { Outcome, Supplier, SupplierBalance } from "./port.ts";
import type { TriedConnection } from "./room-types.ts";

/** Somebody waits for what comes of it. */
const PATIENCE_MS = 20_000;

/**
 * Makes one harmless call with what an account would be connected by, over a connection of its own, after signing in
 * where it has to. What the supplier asked of an account that is there already (Retry-After) is kept to, and each
 * request comes out of its budget; its breaker isn't asked, since what is tried may be what closes it.
 */
export async function tryConnection(
  ctx: OpeningContext,
  row: { id: string; slug: string; name: string },
  material: Material,
): Promise<TriedConnection> {
  const silentMs = await readAskedSilenceMs(ctx.db, row.id);
  if (silentMs > 0) return { kind: "unreachable", why: waitText(silentMs) };
  const opened = connectMaterial(ctx, row, material);
  if (!opened.ok) return { kind: "unreachable", why: "It can't be connected as it is configured." };
  const { supplier } = opened.value;
  const call = harmlessCall(supplier, ctx.newId());
  try {
    if (!call) return { kind: "untried" };
    const started = ctx.now().getTime();
    const { signIn } = supplier;
    if (signIn?.isDue()) {
      const waitMs = await waitForToken(ctx.db, row.id);
      if (waitMs > 0) return { kind: "unreachable", why: waitText(waitMs) };
      await signIn.ask();
    }
    const waitMs = await waitForToken(ctx.db, row.id);
    if (waitMs > 0) return { kind: "unreachable", why: waitText(waitMs) };
    const outcome = await call(supplier);
    const tookMs = ctx.now().getTime() - started;
    const askedMs = outcome.kind === "refused" ? outcome.refusal.retryAfterMs : undefined;
    if (askedMs) await noteSilence(ctx.db, row.id, { silentMs: askedMs, tookMs });
    return triedBy(outcome, tookMs);
  } finally {
    await supplier.close();
  }
}

/** Answers 0 once there is one, or when to ask again where that is longer than anybody waits. */
async function waitForToken(db: OpeningContext["db"], account: string): Promise<number> {
  for (let patienceMs = PATIENCE_MS; ; ) {
    const waitMs = await takeCallAside(db, account);
    if (waitMs === 0 || waitMs > patienceMs) return waitMs;
    patienceMs -= waitMs;
    await wait(waitMs);
  }
}

type HarmlessCall = (supplier: Supplier) => Promise<Outcome<SupplierBalance[]>>;

/** What an account of these traits answers only to whoever has its key; null where there is nothing. */
export function harmlessCall({ traits }: Supplier, unknownReference: string): HarmlessCall | null {
  if (traits.balance !== "none") return (supplier) => supplier.getBalances();
  if (traits.listsOrders) return (supplier) => nothingOf(supplier.listOrders(null));
  if (traits.findsByReference)
    return (supplier) => nothingOf(supplier.findOrder(unknownReference, null));
  if (traits.catalog)
    return async (supplier) => leniently(await nothingOf(readCatalogue(supplier)));
  return null;
}

/** Its first page that has to be asked for: what is configured here answers by itself. */
async function readCatalogue(supplier: Supplier): Promise<Outcome<unknown>> {
  const categories = await supplier.listCategories(null);
  if (categories.kind !== "accepted" || wasSent(categories)) return categories;
  const [first] = categories.value.items;
  return first ? supplier.listProducts(first.id, null) : categories;
}

/** A catalogue that is broken says nothing of the key: only who is refused, or reaches nobody, can't be used. */
function leniently(outcome: Outcome<SupplierBalance[]>): Outcome<SupplierBalance[]> {
  if (outcome.kind === "accepted") return outcome;
  const status = outcome.kind === "refused" ? outcome.refusal.httpStatus : outcome.httpStatus;
  if (status === null || (outcome.kind === "refused" && outcome.refusal.class === "auth")) {
    return outcome;
  }
  return { kind: "accepted", value: [], timing: { firstByteAt: null, supplierClock: null } };
}

/** Not so where the answer was there already, and nobody was asked. */
const wasSent = ({ timing }: Outcome<unknown>): boolean => timing?.firstByteAt !== null;

async function nothingOf(asked: Promise<Outcome<unknown>>): Promise<Outcome<SupplierBalance[]>> {
  const outcome = await asked;
  return outcome.kind === "accepted" ? { ...outcome, value: [] } : outcome;
}

export function triedBy(outcome: Outcome<SupplierBalance[]>, tookMs: number): TriedConnection {
  if (outcome.kind === "accepted") {
    if (!wasSent(outcome)) return { kind: "untried" };
    return { kind: "answered", tookMs, balances: outcome.value };
  }
  if (outcome.kind === "unknown") return { kind: "unreachable", why: outcome.reason };
  const { class: refused, detail, httpStatus } = outcome.refusal;
  if (httpStatus === null && refused === "transient") return { kind: "unreachable", why: detail };
  return { kind: "refused", class: refused, detail, tookMs };
}

export const waitText = (ms: number): string =>
  `No call may be made now; the next one may in ${Math.ceil(ms / 1000)} s.`;

/** Whether an account that answered so can be used. */
export const isUsable = ({ kind }: TriedConnection): boolean =>
  kind === "answered" || kind === "untried";
