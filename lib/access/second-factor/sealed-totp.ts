import type { SealedTable } from "#lib/platform/sealed-table.ts";

/** The secrets of second factors. */
export const SEALED_TOTP: SealedTable = {
  table: "users",
  key: "id",
  column: "totp_sealed",
  boundTo: (userId) => `users|totp_sealed|${userId}`,
};
