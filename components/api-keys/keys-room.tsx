"use client";

import { BookOpen, KeyRound, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import type { KeyQuestion } from "#components/api-keys/key-dialog.tsx";
import { KeysTable } from "#components/api-keys/keys-table.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { buttonClass } from "#components/ui/button-class.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { KeysRoomView } from "#lib/api/types.ts";

// Fetched while the page is read, before anybody asks for one of them.
const loadDialog = async () => ({
  default: (await import("#components/api-keys/key-dialog.tsx")).KeyDialog,
});
const KeyDialog = lazy(loadDialog);

/** The keys that storefronts and bots come with. */
export function KeysRoom({ initial }: { initial: KeysRoomView }) {
  const t = useTranslations("apiKeys");
  const [question, setQuestion] = useState<KeyQuestion | null>(null);
  const live = useLive<KeysRoomView>({ key: ["api_keys"], path: "/api/live/api-keys", initial });
  const { keys, mayGive, readAt } = live.data ?? initial;
  useEffect(() => void loadDialog(), []);
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={<LiveStamp heardAt={readAt} />}
        action={
          <>
            {/* Not a page of the console's: the browser has to go there by itself. */}
            <a
              href="/api/v1/reference"
              className={buttonClass({ variant: "secondary", size: "md" })}
            >
              <BookOpen aria-hidden />
              {t("reference")}
            </a>
            <Button
              variant="primary"
              icon={<Plus aria-hidden />}
              onClick={() => setQuestion({ kind: "create", mayGive })}
            >
              {t("add")}
            </Button>
          </>
        }
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      {keys.length === 0 ? (
        <EmptyState icon={<KeyRound aria-hidden />} title={t("none")}>
          {t("noneBody")}
        </EmptyState>
      ) : (
        <KeysTable keys={keys} ask={setQuestion} />
      )}
      <Suspense>
        {question && <KeyDialog question={question} onClose={() => setQuestion(null)} />}
      </Suspense>
    </>
  );
}
