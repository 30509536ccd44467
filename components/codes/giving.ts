/** What is handed out, as the dialog is told. */
export type Giving =
  | { kind: "stock"; productId: string; name: string; available: number }
  /** Just these: in stock, or reserved for the customer. */
  | { kind: "codes"; codeIds: readonly string[]; name: string; customerRef: string | null }
  /** What came with an order and is reserved for its customer, though it be more than is given at once. */
  | { kind: "order"; orderId: string; name: string; count: number; customerRef: string }
  /** Another one for a bad code. */
  | { kind: "replace"; codeId: string; name: string; available: number; customerRef: string };
