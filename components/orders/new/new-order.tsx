"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useCallback, useEffect } from "react";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { BalancePage } from "#lib/balance/types.ts";
import { BuyBar } from "./buy-bar.tsx";
import type { Change, Draft } from "./draft.ts";
import { OrderForm } from "./order-form.tsx";
import { type CatalogFilters, focusSearch } from "./product-search.tsx";
import { refusalClass, refusalPlace } from "./refusal.ts";
import { Summary } from "./summary.tsx";
import { useForm } from "./use-form.ts";
import { usePlacing } from "./use-placing.ts";

// What is only seen later is loaded while the form is being filled in.
const loadConfirm = async () => ({ default: (await import("./confirm-dialog.tsx")).ConfirmDialog });
const loadWaiting = async () => ({ default: (await import("./waiting-dialog.tsx")).WaitingDialog });
const loadRefusal = async () => ({ default: (await import("./refusal-notice.tsx")).RefusalNotice });
const loadTrouble = async () => ({ default: (await import("./trouble-notice.tsx")).TroubleNotice });
const ConfirmDialog = lazy(loadConfirm);
const WaitingDialog = lazy(loadWaiting);
const RefusalNotice = lazy(loadRefusal);
const TroubleNotice = lazy(loadTrouble);

export type Prefill = {
  draft: Draft;
  /** Where the form starts: at the quantity of a chosen product, at the button of a repeat order. */
  start: "quantity" | "review";
};

/** From a product found to an order placed: the one way by which a person spends money here. */
export function NewOrder({
  userId,
  source,
  prefill,
  filters,
  balance,
  notices,
}: {
  userId: string;
  /** The page's own query string. */
  source: string;
  prefill: Prefill | null;
  filters: CatalogFilters;
  balance: BalancePage;
  /** What the server has to say about how the form was filled in. */
  notices: ReactNode;
}) {
  const t = useTranslations("newOrder");
  const router = useRouter();
  const form = useForm(userId, source, prefill?.draft ?? null);
  const placing = usePlacing(form);
  const { state, startOver, change } = form;
  const { draft } = state;
  const { step, trouble, forget } = placing;
  const balances = useLive<BalancePage>({
    key: ["balance"],
    path: "/api/live/balance",
    initial: balance,
  }).data?.current;

  useEffect(() => {
    void Promise.all([loadConfirm(), loadWaiting(), loadRefusal(), loadTrouble()]);
  }, []);

  const edit = useCallback(
    (what: Change) => {
      change(what);
      forget();
    },
    [change, forget],
  );
  const goToOrder = useCallback(
    (orderId: string) => {
      startOver();
      // The way back must not lead to a form that could be sent again.
      router.replace(`/orders/${orderId}`);
    },
    [router, startOver],
  );

  // The focus goes here at once, also while the words are still being loaded.
  const refusal = trouble?.kind === "refused" && (
    <div tabIndex={-1} data-trouble className="rounded-md outline-offset-2">
      <Suspense>
        <RefusalNotice trouble={trouble} draft={draft} />
      </Suspense>
    </div>
  );
  const place =
    trouble?.kind === "refused"
      ? refusalPlace(refusalClass(trouble.rejection.class), draft.lines.length)
      : null;
  const again = `/orders/new${source && `?${source}`}`;
  return (
    <div className="px-gutter max-w-344 lg:pb-10">
      <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_23rem]">
        <div className="grid min-w-0 gap-5">
          {notices}
          {state.restored && draft.lines.length > 0 && (
            <Notice
              action={
                <Button
                  size="sm"
                  onClick={() => {
                    startOver();
                    placing.clear();
                    focusSearch();
                  }}
                >
                  {t("restored.startOver")}
                </Button>
              }
            >
              {t("restored.body")}
            </Notice>
          )}
          <OrderForm
            draft={draft}
            filters={filters}
            placing={placing}
            start={prefill?.start ?? "search"}
            onChange={edit}
            onConfirm={form.confirm}
            notice={
              <>
                {place === "lines" && refusal}
                {trouble && trouble.kind !== "refused" && (
                  <div tabIndex={-1} data-trouble className="rounded-md outline-offset-2">
                    <Suspense>
                      <TroubleNotice
                        trouble={trouble}
                        signInHref={`/login?next=${encodeURIComponent(again)}`}
                        onPlaceAnew={() => {
                          form.renew();
                          void placing.review();
                        }}
                      />
                    </Suspense>
                  </div>
                )}
              </>
            }
            lineNotice={place === "line" && refusal}
          />
        </div>
        <div className="contents lg:sticky lg:top-[calc(var(--topbar)+1rem)] lg:grid lg:max-h-[calc(100dvh-var(--topbar)-2rem)] lg:overflow-y-auto lg:gap-4 lg:rounded-lg lg:border lg:border-line-strong lg:p-4">
          <Summary draft={draft} balances={balances ?? []} notice={place === "total" && refusal} />
          <BuyBar draft={draft} busy={step.kind === "checking"} />
        </div>
      </div>
      <Suspense>
        {step.kind === "asking" && (
          <ConfirmDialog
            key={step.offer.total}
            offer={step.offer}
            busy={step.busy}
            balances={balances ?? []}
            onPlace={(...told) => void placing.place(...told)}
            onBack={placing.back}
          />
        )}
        {step.kind === "waiting" && (
          <WaitingDialog
            orderId={step.orderId}
            onTaken={() => goToOrder(step.orderId)}
            onRefused={(order) => void placing.refused(order)}
            onUnpaid={() => placing.unpaid(step.orderId)}
            onLeave={startOver}
          />
        )}
      </Suspense>
    </div>
  );
}
