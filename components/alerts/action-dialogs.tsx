"use client";

import { lazy, Suspense, useState } from "react";
import { isForWholeGroup } from "#components/alerts/action-links.ts";
import { keepOrder } from "#components/alerts/keep-order.ts";
import type { Actions } from "#components/alerts/use-actions.ts";
import type { Decided } from "#components/reconcile/decided-notice.tsx";
import { useQuestion } from "#components/reconcile/use-question.ts";
import type { AlertView } from "#lib/alerts/types.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

// Each is fetched when it is asked for.
const QuestionDialog = lazy(async () => ({
  default: (await import("#components/reconcile/question-dialog.tsx")).QuestionDialog,
}));
const ReplaceDialog = lazy(async () => ({
  default: (await import("#components/alerts/replace-dialog.tsx")).ReplaceDialog,
}));
const ResendNoticesDialog = lazy(async () => ({
  default: (await import("#components/alerts/resend-notices-dialog.tsx")).ResendNoticesDialog,
}));
const DossierDialog = lazy(async () => ({
  default: (await import("#components/dossier/dossier-dialog.tsx")).DossierDialog,
}));
const RecordTopUp = lazy(async () => ({
  default: (await import("#components/balance/record-top-up.tsx")).RecordTopUp,
}));
const PersonDialog = lazy(async () => ({
  default: (await import("#components/alerts/person-dialog.tsx")).PersonDialog,
}));

/** The dialogs behind a runbook's buttons: those of the rooms to which they belong. */
export function ActionDialogs({
  alert,
  order: shown,
  actions: { asked, close },
}: {
  alert: AlertView;
  order: OrderPageView | null;
  actions: Actions;
}) {
  const [about, setAbout] = useState({ asked, order: shown });
  const kept = keepOrder(about, asked, shown);
  if (kept !== about) setAbout(kept);
  const { order } = kept;
  // Never of nothing in particular: that would be all there is.
  const untold = isForWholeGroup(alert) ? { alert: alert.id } : order && { order: order.id };
  return (
    <Suspense>
      {asked === "call_off" && order && <CallOffDialog order={order} onClose={close} />}
      {asked === "replace" && order && <ReplaceDialog order={order} onClose={close} />}
      {asked === "resend_notices" && untold && (
        <ResendNoticesDialog about={untold} onClose={close} />
      )}
      {asked === "dossier" && order && <DossierDialog orderId={order.id} onClose={close} />}
      {asked === "record_top_up" && <TopUpDialog alert={alert} onClose={close} />}
      {asked === "open_person" && (
        <PersonDialog personId={alert.subject} name={alert.about ?? ""} onClose={close} />
      )}
    </Suspense>
  );
}

/** A gain that nothing explains is proposed as the top-up that it most likely was. */
function TopUpDialog({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const { subject, supplierId, supplierName, about, data } = alert;
  const { currency, remainder, at, stepId } = data;
  const account = {
    supplierId: supplierId ?? subject,
    name: supplierName ?? about ?? "",
    currency: String(currency ?? ""),
  };
  const isGain = alert.kind === "balance_unexplained" && !String(remainder).startsWith("-");
  const proposal =
    isGain && remainder && at && stepId
      ? { stepId: String(stepId), amount: String(remainder), at: String(at) }
      : null;
  return <RecordTopUp account={account} proposal={proposal} onClose={onClose} />;
}

/** Ends an order in doubt, or one that waits for such a one. */
function CallOffDialog({ order, onClose }: { order: OrderPageView; onClose: () => void }) {
  const { id: orderId } = order;
  const { handling } = useQuestion<{ kind: Decided["kind"] }>(
    [["order", orderId]],
    () => undefined,
  );
  // As it was when somebody asked: the page may know more by now, and the server refuses then.
  const [picture] = useState(order.evidence?.picture ?? order.waitsFor?.picture ?? null);
  if (picture === null) return null;
  return (
    <QuestionDialog
      {...handling}
      question={{ kind: "give_up", orderId, picture }}
      onDecided={onClose}
      onClose={onClose}
    />
  );
}
