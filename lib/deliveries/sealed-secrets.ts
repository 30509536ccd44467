import type { SealedTable } from "#lib/platform/sealed-table.ts";
import { secretsPlace } from "./open-endpoint.ts";

/** What endpoints are signed and spoken to with. */
export const SEALED_SECRETS: SealedTable = {
  table: "endpoints",
  key: "id",
  column: "secrets",
  boundTo: secretsPlace,
};
