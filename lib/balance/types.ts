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

export type BalancePoint = { currency: string; available: string; sampledAt: string };

export type BalancePage = { current: BalanceView[]; history: BalancePoint[]; readAt: string };
