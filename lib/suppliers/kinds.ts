import { foxreloadKind } from "./foxreload/kind.ts";
import { ozzobitKind } from "./ozzobit/kind.ts";
import { signedWebhookKind } from "./signed-webhook/kind.ts";
import type { SupplierKind } from "./supplier-kind.ts";

/** Every kind of supplier that Keyhold can be connected to. */
export const SUPPLIER_KINDS: readonly SupplierKind[] = [
  foxreloadKind,
  signedWebhookKind,
  ozzobitKind,
];

export const kindNamed = (name: string): SupplierKind | null =>
  SUPPLIER_KINDS.find(({ kind }) => kind === name) ?? null;
