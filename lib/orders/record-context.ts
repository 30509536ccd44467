import type { OrdersContext } from "./context.ts";

/** What recording needs: no database, since it works within a transaction, and no supplier. */
export type RecordContext = Pick<
  OrdersContext,
  "now" | "newId" | "random" | "sealer" | "log" | "reach"
>;
