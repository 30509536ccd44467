"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { AttemptList } from "#components/deliveries/attempt-list.tsx";
import { DeliveryFacts } from "#components/deliveries/delivery-facts.tsx";
import { DeliveryHeader } from "#components/deliveries/delivery-header.tsx";
import { DeliveryStanding } from "#components/deliveries/delivery-standing.tsx";
import { EventMessage } from "#components/deliveries/event-message.tsx";
import { ResentNotice } from "#components/deliveries/resent-notice.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";
import type { ResendAnswer } from "#lib/deliveries/resend-delivery.ts";

// Rendered with the page, but their code comes after what stands above them, or with a need.
const OtherDeliveries = lazy(async () => ({
  default: (await import("#components/deliveries/other-deliveries.tsx")).OtherDeliveries,
}));
const DeliveryHistory = lazy(async () => ({
  default: (await import("#components/deliveries/delivery-history.tsx")).DeliveryHistory,
}));
const loadDialog = async () => ({
  default: (await import("#components/deliveries/resend-dialog.tsx")).ResendDialog,
});
const ResendDialog = lazy(loadDialog);

/** Everything about one delivery: where it stands, each try, and what was told. */
export function DeliveryRoom({ initial }: { initial: DeliveryDetail }) {
  const live = useLive<DeliveryDetail>({
    key: ["delivery", initial.id],
    path: `/api/live/deliveries/${initial.id}`,
    initial,
  });
  const delivery = live.data ?? initial;
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<ResendAnswer | null>(null);
  const { send } = delivery.may;
  useEffect(() => {
    if (send) void loadDialog();
  }, [send]);
  return (
    <>
      <DeliveryHeader delivery={delivery} onAsk={() => setAsking(true)} />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {answer && <ResentNotice answer={answer} from={delivery.id} />}
      <div className="xl:grid xl:grid-cols-[minmax(0,1fr)_24rem] xl:grid-rows-[auto_auto_auto_1fr]">
        <div className="min-w-0 xl:col-start-1">
          <DeliveryStanding delivery={delivery} />
          <AttemptList delivery={delivery} />
        </div>
        <div className="border-line xl:col-start-2 xl:row-span-4 xl:row-start-1 xl:border-l">
          <DeliveryFacts delivery={delivery} />
        </div>
        <div className="min-w-0 xl:col-start-1">
          <EventMessage delivery={delivery} />
        </div>
        <div className="min-w-0 xl:col-start-1">
          <Suspense>
            {delivery.others.length > 0 && <OtherDeliveries others={delivery.others} />}
          </Suspense>
        </div>
        <div className="min-w-0 xl:col-start-1">
          <Suspense>{delivery.acts.length > 0 && <DeliveryHistory delivery={delivery} />}</Suspense>
        </div>
      </div>
      <Suspense>
        {asking && (
          <ResendDialog delivery={delivery} onDone={setAnswer} onClose={() => setAsking(false)} />
        )}
      </Suspense>
    </>
  );
}
