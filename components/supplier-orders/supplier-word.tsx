import { CircleQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import { statusLooks } from "#components/orders/status.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { SupplierOrderRow } from "#lib/reconcile/types.ts";
import type { SupplierOrderState } from "#lib/suppliers/port.ts";

const looks: Record<SupplierOrderState, { tone: Tone; icon: ReactNode }> = {
  awaiting_payment: statusLooks.awaiting_payment,
  paid: statusLooks.paid,
  processing: statusLooks.processing,
  completed: statusLooks.completed,
  cancelled: statusLooks.cancelled,
  failed: statusLooks.failed,
  refunded: statusLooks.refunded,
  unknown: { tone: "look", icon: <CircleQuestionMark aria-hidden /> },
};

/** The supplier's own word for where its order stands, with our sign for it. */
export function SupplierWord({ row }: { row: Pick<SupplierOrderRow, "word" | "state"> }) {
  const { tone, icon } = Object.hasOwn(looks, row.state)
    ? looks[row.state as SupplierOrderState]
    : looks.unknown;
  return (
    <StatusBadge tone={tone} icon={icon}>
      <q>{row.word}</q>
    </StatusBadge>
  );
}
