/** An account that pushes: signed by HMAC, in a JSON of its own. */
import { createHmac } from "node:crypto";
import type { OrdersContext } from "#lib/orders/context.ts";
import { supplierOrder } from "#lib/orders/observations.fixture.ts";
import type { Db } from "#lib/platform/db.ts";
import { createAccounts, type SupplierAccount } from "#lib/suppliers/account.ts";
import { bareAccount } from "#lib/suppliers/bare-account.ts";
import type { Inbound, News } from "#lib/suppliers/inbound.ts";
import type { Supplier, SupplierOrder, SupplierTraits } from "#lib/suppliers/port.ts";
import { pushScheme } from "#lib/suppliers/push-schemes/push-scheme.ts";
import { verifierOf } from "#lib/suppliers/push-schemes/verifier-of.ts";
import { POLLED_TRAITS, scriptedSupplier, type testClock, testContext } from "#prisma/factories.ts";

export const SECRET = "the secret of the account";
export const REQUEST = { address: "203.0.113.7", correlationId: "test-0001" };

/** The body of a message; what is left out is not said. */
export type Said = {
  event?: string;
  id?: string;
  reference?: string;
  order_id?: string;
  status?: string;
  at?: string;
  /** Told in full, in the words of the port. */
  order?: Partial<SupplierOrder>;
  codes?: string[];
  currency?: string;
  available?: string;
  isRefund?: boolean;
};

export const inboundOf = (...secrets: string[]): Inbound => ({
  verify: verifierOf(pushScheme.parse({ scheme: "hmac_sha256", header: "x-signature" }), secrets),
  read,
});

function read(raw: Buffer): News {
  let said: Said;
  try {
    said = JSON.parse(raw.toString("utf8"));
  } catch {
    return { kind: "unreadable", why: "It is no JSON." };
  }
  if (said.event === "crash") throw new Error(`choked on ${raw.toString("utf8")}`);
  const { event = "?", id: eventId = null, at } = said;
  const when = at ? new Date(at) : null;
  if (event === "test") return { kind: "nothing", event, eventId };
  if (event === "balance.low") {
    const { currency = null, available = null } = said;
    return { kind: "balance", event, eventId, at: when, currency, available };
  }
  return {
    ...{ kind: "order", event, eventId, at: when, status: said.status ?? null },
    ...{ reference: said.reference ?? null, supplierOrderId: said.order_id ?? null },
    order: said.order ? supplierOrder(said.order.state ?? "processing", said.order) : null,
    isRefund: said.isRefund ?? false,
  };
}

export const sign = (raw: Buffer, secret = SECRET): Headers =>
  new Headers({ "x-signature": createHmac("sha256", secret).update(raw).digest("hex") });

export const bytesOf = (said: Said | string): Buffer =>
  Buffer.from(typeof said === "string" ? said : JSON.stringify(said));

type Setup = {
  traits?: Partial<SupplierTraits>;
  supplier?: Partial<Supplier>;
  account?: Partial<SupplierAccount>;
  clock?: ReturnType<typeof testClock>;
};

export type PushingContext = OrdersContext & { account: SupplierAccount };

export async function pushingContext(db: Db, setup: Setup = {}): Promise<PushingContext> {
  const traits = { ...POLLED_TRAITS, push: "full" as const, ...setup.traits };
  const supplier = scriptedSupplier({ ...setup.supplier, traits });
  const ctx = await testContext(db, supplier, setup.clock);
  const { id, slug, name } = ctx.account;
  const account = bareAccount({
    ...{ id, slug, name, supplier, inbound: inboundOf(SECRET) },
    ...setup.account,
  });
  return { ...ctx, account, suppliers: createAccounts([account], { knownForMs: 0 }) };
}
