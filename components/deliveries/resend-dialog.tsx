"use client";

import { useTranslations } from "next-intl";
import { resendAction } from "#app/(console)/deliveries/actions.ts";
import { ActDialog } from "#components/acts/act-dialog.tsx";
import { deliveryAct } from "#components/deliveries/delivery-acts.ts";
import { useDeliveryAct } from "#components/deliveries/use-delivery-act.ts";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";
import type { ResendAnswer } from "#lib/deliveries/resend-delivery.ts";

/** Asks whether to send it again, at once or after all, and says what the receiver will see. */
export function ResendDialog({
  delivery,
  onDone,
  onClose,
}: {
  delivery: DeliveryDetail;
  onDone: (answer: ResendAnswer) => void;
  onClose: () => void;
}) {
  const t = useTranslations("deliveryActs.resend");
  const acting = useDeliveryAct();
  // It may have moved on since the dialog was opened; the server does what it needs then.
  const act = deliveryAct(delivery) ?? "resend";
  const name = delivery.endpoint?.name ?? "";
  async function submit(): Promise<void> {
    const answer = await acting.run(() => resendAction(delivery.id));
    if (!answer) return;
    onDone(answer);
    onClose();
  }
  const arrived = act === "resend" && delivery.state === "success";
  return (
    <ActDialog
      words="deliveryActs"
      title={t(`${act}.title`)}
      description={t(arrived ? "resend.arrived" : `${act}.body`, { name })}
      verb={t(`${act}.verb`)}
      act={acting}
      onSubmit={() => void submit()}
      onClose={onClose}
    />
  );
}
