import type { OrdersContext } from "./context.ts";

/** What recording needs: no database, since it works within a transaction, and of suppliers but their ways. */
export type RecordContext = Pick<
  OrdersContext,
  "now" | "newId" | "random" | "sealer" | "log" | "reach" | "suppliers"
>;
