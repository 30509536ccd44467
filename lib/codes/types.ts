/** A code as lists show it: that it exists, where it came from, its mask; never what it is. */
export type CodeRow = {
  id: string;
  mask: string;
  productName: string;
  region: string | null;
  orderId: string;
  customerRef: string | null;
  isMock: boolean;
  withheld: boolean;
  storedAt: string;
  revealedAt: string | null;
};

export type CodePage = { rows: CodeRow[]; next: string | null; readAt: string };
