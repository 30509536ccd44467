/** What a supplier account holds in one currency. Amounts are decimal text. */
export type BalanceView = {
  supplierName: string;
  currency: string;
  available: string;
  reserved: string;
  pending: string;
  sampledAt: string;
  /** Older than three samplings: shown as such. */
  stale: boolean;
};

/** An amount that the supplier told of, and until when it was last told. */
export type BalancePoint = {
  id: string;
  supplierName: string;
  currency: string;
  available: string;
  reserved: string;
  sampledAt: string;
};

export type BalancePage = { current: BalanceView[]; history: BalancePoint[]; readAt: string };
