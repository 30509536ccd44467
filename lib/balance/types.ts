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

/** What was spent over the last so many hours, and how long the rest lasts at that rate. */
export type Burn = {
  hours: number;
  /** Hours of them that samples tell of; fewer where the history is younger. */
  covered: number;
  /** Decimal text; what left less what came back, top-ups left out. Not less than 0. */
  spent: string;
  perHour: string;
  /** Hours until nothing is left; null where nothing was spent. */
  lasts: number | null;
};

/** How long an account lasts. Amounts are decimal text. */
export type RunwayView = {
  supplierId: string;
  supplierSlug: string;
  supplierName: string;
  currency: string;
  available: string;
  /** What orders that aren't paid yet, or since the sample, will take of it. */
  committed: string;
  /** `available` less `committed`. */
  free: string;
  sampledAt: string;
  stale: boolean;
  /** The currency's lines; null where nobody minds. */
  lowAt: string | null;
  criticalAt: string | null;
  isLow: boolean;
  isCritical: boolean;
  /** Over 1, 24 and 168 hours, those that samples tell enough of. */
  burns: Burn[];
  /** Hours that `free` lasts, at the fastest and at the slowest of these; null: nothing was spent. */
  lasts: { atLeast: number; atMost: number | null } | null;
};

export type BalancePage = { current: BalanceView[]; readAt: string };

/** One reason for money to move; `amount` is what the account gains. */
export type MoveView = {
  kind: "order" | "refund" | "top_up" | "foreign" | "foreign_refund";
  amount: string;
  orderId: string | null;
  supplierOrderId: string | null;
};

/** From one amount to the next, and what explains it. Amounts are decimal text. */
export type StepView = {
  id: string;
  fromAt: string;
  toAt: string;
  before: string;
  after: string;
  change: string;
  remainder: string;
  state: "open" | "explained" | "unexplained" | "accepted";
  /** Also where it has been opened again since. */
  acceptedBy: string | null;
  reason: string | null;
  /** The largest of them, and how many there are. */
  moves: MoveView[];
  movesTotal: number;
};

export type TopUpView = {
  id: string;
  amount: string;
  at: string;
  note: string | null;
  actorName: string;
  /** A change of the balance shows it. */
  isSeen: boolean;
  voided: { at: string; by: string; reason: string } | null;
};

/** What was there at the end of a while, and what moved in it; decimal text. */
export type BalanceBucket = {
  at: string;
  available: string;
  /** What orders took less what they gave back. */
  spent: string;
  orders: number;
  toppedUp: string;
};

/** All of one account and currency, beside the figures of every account. */
export type BalanceRoomView = {
  /** Of what was asked for, as an address has it. */
  query: string;
  accounts: RunwayView[];
  /** As the suppliers tell them. */
  balances: BalanceView[];
  /** Whose details follow; null before the first sample. */
  chosen: { supplierId: string; currency: string } | null;
  hours: number;
  buckets: BalanceBucket[];
  unexplained: StepView[];
  steps: StepView[];
  topUps: TopUpView[];
  /** Supplier orders that nobody accounts for. */
  unattributed: number;
  mayRecord: boolean;
  readAt: string;
};
