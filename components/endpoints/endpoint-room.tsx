"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState } from "react";
import type { EndpointQuestion } from "#components/endpoints/endpoint-dialog.tsx";
import type { ProductChoice } from "#components/endpoints/endpoint-draft.ts";
import { EndpointFacts } from "#components/endpoints/endpoint-facts.tsx";
import { EndpointFigures } from "#components/endpoints/endpoint-figures.tsx";
import { EndpointHeader } from "#components/endpoints/endpoint-header.tsx";
import { EndpointState } from "#components/endpoints/endpoint-state.tsx";
import type { Sample } from "#components/endpoints/receiver-samples.tsx";
import { SigningSecrets } from "#components/endpoints/signing-secrets.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { EndpointDetail, EndpointHealth } from "#lib/deliveries/endpoint-types.ts";

const loadDialog = async () => ({
  default: (await import("#components/endpoints/endpoint-dialog.tsx")).EndpointDialog,
});
const EndpointDialog = lazy(loadDialog);
const TryPanel = lazy(async () => ({
  default: (await import("#components/endpoints/try-panel.tsx")).TryPanel,
}));
const ReceiverSamples = lazy(async () => ({
  default: (await import("#components/endpoints/receiver-samples.tsx")).ReceiverSamples,
}));
// A chart library is heavy, and nothing of it is needed to read the page.
const HealthSection = dynamic(
  async () => (await import("#components/endpoints/health-section.tsx")).HealthSection,
  { ssr: false, loading: () => <Skeleton className="m-6 h-72 rounded-md" /> },
);

type Props = {
  initial: EndpointDetail;
  initialHealth: EndpointHealth;
  products: ProductChoice[];
  samples: readonly Sample[];
  usualPlan: readonly number[];
};

/** Everything about one endpoint, until it is deleted: then nothing asks for it any more. */
export function EndpointRoom(props: Props) {
  const router = useRouter();
  const [isGone, setIsGone] = useState(false);
  if (isGone) return <Skeleton className="m-6 h-72 rounded-md" />;
  return (
    <LiveEndpoint
      {...props}
      onDeleted={() => {
        setIsGone(true);
        router.push("/settings/endpoints");
      }}
    />
  );
}

/** How it is, how it is set, and what can be done about it. */
function LiveEndpoint({
  initial,
  initialHealth,
  products,
  samples,
  usualPlan,
  onDeleted,
}: Props & { onDeleted: () => void }) {
  const live = useLive<EndpointDetail>({
    key: ["endpoint", initial.id],
    path: `/api/live/endpoints/${initial.id}`,
    initial,
  });
  const endpoint = live.data ?? initial;
  const [question, setQuestion] = useState<EndpointQuestion | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => void loadDialog(), []);
  return (
    <>
      <EndpointHeader
        endpoint={endpoint}
        onAsk={setQuestion}
        onTry={() => setTries((count) => count + 1)}
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      <Suspense>
        {tries > 0 && <TryPanel key={tries} id={endpoint.id} onClose={() => setTries(0)} />}
      </Suspense>
      <EndpointState endpoint={endpoint} />
      <EndpointFigures endpoint={endpoint} health={initialHealth} />
      <HealthSection id={endpoint.id} initial={initialHealth} />
      <EndpointFacts endpoint={endpoint} products={products} usualPlan={usualPlan} />
      {endpoint.channel === "webhook" && endpoint.settings && (
        <SigningSecrets
          signing={endpoint.settings.signing}
          onRotate={() => setQuestion("rotate")}
        />
      )}
      <Suspense>
        {endpoint.channel === "webhook" && samples.length > 0 && (
          <ReceiverSamples samples={samples} />
        )}
      </Suspense>
      <Suspense>
        {question && (
          <EndpointDialog
            question={question}
            endpoint={endpoint}
            onClose={() => setQuestion(null)}
            onDeleted={onDeleted}
          />
        )}
      </Suspense>
    </>
  );
}
