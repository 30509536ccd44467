"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { codeActs } from "#components/codes/code-acts.ts";
import { CodeStateBadge } from "#components/codes/code-state.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextSkeleton } from "#components/ui/skeleton.tsx";
import type { CodeDetail } from "#lib/codes/types.ts";
import type { OrderPageView } from "#lib/reconcile/types.ts";

const CodeDialog = lazy(async () => ({
  default: (await import("#components/codes/code-dialog.tsx")).CodeDialog,
}));

/** Gives a customer another code for one of an order's: which, that it is bad, and then the other one. */
export function ReplaceDialog({ order, onClose }: { order: OrderPageView; onClose: () => void }) {
  const t = useTranslations("alerts.action.replace");
  const codes = order.items.flatMap(({ codes: some }) => some);
  const [only] = codes;
  const [chosen, setChosen] = useState(codes.length === 1 && only ? only.id : null);
  if (chosen !== null) return <ReplaceOne codeId={chosen} onClose={onClose} />;
  return (
    <Dialog
      open
      size="sm"
      title={t("title")}
      description={t("which")}
      onOpenChange={(open) => !open && onClose()}
    >
      <ul className="grid max-h-[60dvh] overflow-y-auto border-t border-line">
        {codes.map(({ id, mask, state }, place) => (
          <li
            key={id}
            className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1"
          >
            <code className="min-w-0 flex-1 font-mono wrap-anywhere">{mask}</code>
            <CodeStateBadge state={state} />
            <Button
              size="sm"
              {...(place === 0 && { "data-autofocus": true })}
              onClick={() => setChosen(id)}
            >
              {t("choose")}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** Only a bad code is replaced: it is said to be bad first, where nobody has said so. */
function ReplaceOne({ codeId, onClose }: { codeId: string; onClose: () => void }) {
  const t = useTranslations("alerts.action.replace");
  const { data, error, refetch } = useLive<CodeDetail>({
    key: ["code", codeId],
    path: `/api/live/codes/${codeId}`,
    initial: undefined,
  });
  const acts = data ? codeActs(data) : [];
  const act = acts.includes("replace") ? "replace" : acts.includes("mark_bad") ? "mark_bad" : null;
  if (data && act) {
    return (
      <Suspense>
        <CodeDialog
          key={act}
          question={{ kind: act }}
          code={data}
          onClose={async () => {
            // Once it is bad, the dialog that replaces it follows by itself.
            const now = act === "mark_bad" ? await refetch() : null;
            if (now?.data?.state !== "bad" || !codeActs(now.data).includes("replace")) onClose();
          }}
        />
      </Suspense>
    );
  }
  return (
    <Dialog
      open
      size="sm"
      title={t("title")}
      onOpenChange={(open) => !open && onClose()}
      footer={<Button onClick={onClose}>{t("close")}</Button>}
    >
      {data ? (
        <p>{t("cannot")}</p>
      ) : error ? (
        <p role="alert" className="text-risk">
          {t("unread")}
        </p>
      ) : (
        <TextSkeleton lines={3} />
      )}
    </Dialog>
  );
}
