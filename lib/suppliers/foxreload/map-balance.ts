import type { Json, SupplierBalance } from "../port.ts";
import { balanceShape } from "./schema.ts";

/** One currency's balance, or null when the currency or the available amount is not understood. */
export function mapBalance(answer: Json): SupplierBalance | null {
  const parsed = balanceShape.safeParse(answer);
  if (!parsed.success || parsed.data.available === null) return null;
  const { currency, available, reserved, pending } = parsed.data;
  return { currency, available, reserved: reserved ?? "0", pending: pending ?? "0" };
}
