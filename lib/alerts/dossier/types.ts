/** A dossier as pages see it; browser-safe. */
import type { DeliveryState } from "#lib/deliveries/lifecycle.ts";

/** What happened, in a line of time: looks that follow each other are one. Times are ISO text, UTC. */
export type DossierStep = {
  at: string;
  what: string;
  /** Of several in a row: the last one, and how many. */
  until?: string;
  times?: number;
  /** The supplier's own words, ids and numbers. */
  facts: Record<string, string | number | boolean | null>;
};

export type DossierData = {
  supplier: string;
  supplierOrderId: string | null;
  /** Ours, so that both sides can name it. */
  orderId: string;
  isMock: boolean;
  status: string;
  supplierStatus: string | null;
  statusSince: string;
  placedAt: string;
  paidAt: string | null;
  finishedAt: string | null;
  lastAskedAt: string | null;
  asked: number;
  currency: string;
  agreedTotal: string;
  chargedTotal: string | null;
  items: {
    supplierProductId: string;
    product: string;
    region: string | null;
    quantity: number;
    unitPrice: string;
    /** How many are here; of what isn't delivered as codes, null. */
    codesReceived: number | null;
    error: string | null;
  }[];
  /** What is wrong, since when. */
  problems: { key: string; since: string }[];
  /** What we sent that may have bought or paid something. */
  sends: {
    id: string;
    kind: string;
    at: string;
    answeredAt: string | null;
    outcome: string | null;
    httpStatus: number | null;
    detail: string | null;
  }[];
  trail: DossierStep[];
  /** The supplier's last answer, every code masked; only for those who may see answers. */
  lastAnswer?: unknown;
};

export type DossierView = {
  id: string;
  createdAt: string;
  madeBy: string;
  text: string;
  data: DossierData;
  mailedTo: string | null;
  /** Of the mail; null where there is none. */
  mail: { deliveryId: string; state: DeliveryState } | null;
};

export type DossiersView = {
  rows: DossierView[];
  may: { make: boolean };
  /** Endpoints that mail can go by. */
  mailers: { id: string; name: string }[];
  /** The supplier's support desk, where somebody wrote it down. */
  supportEmail: string | null;
  readAt: string;
};
