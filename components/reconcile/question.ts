import type { Candidate, Evidence, SupplierOrderRow } from "#lib/reconcile/types.ts";

/** A supplier order as far as a person has to recognise it. */
export type ShownSupplierOrder = Pick<
  SupplierOrderRow,
  "supplierOrderId" | "word" | "total" | "currency" | "createdAt" | "firstSeenAt"
> &
  Partial<Pick<Candidate, "distanceMs" | "match">>;

/**
 * What a person is about to say. It carries what they had before their eyes when they asked, since the
 * page may know more by now.
 */
export type Question =
  | {
      kind: "adopt";
      orderId: string;
      /** Of the order; the supplier may leave it out. */
      currency: string;
      supplierOrder: ShownSupplierOrder;
      picture: string;
    }
  | { kind: "not_created"; orderId: string; evidence: Evidence }
  | { kind: "give_up"; orderId: string; picture: string }
  | {
      kind: "foreign";
      supplierId: string;
      supplierOrder: ShownSupplierOrder;
      /** How many orders here ask for just these goods. */
      adopters: number;
    };
