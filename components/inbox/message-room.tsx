"use client";

import { CircleOff, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import type { MessageView } from "#components/inbox/inbox-view.ts";
import type { MessageAct } from "#components/inbox/message-dialog.tsx";
import { MessageFacts } from "#components/inbox/message-facts.tsx";
import { MessageStateBadge } from "#components/inbox/message-state.tsx";
import { ProblemWords } from "#components/inbox/problem-words.tsx";
import { StaleNotice } from "#components/live/stale-notice.tsx";
import { useLive } from "#components/live/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Section } from "#components/ui/section.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { TROUBLED_STATES } from "#lib/inbound/types.ts";

const loadDialog = async () => ({
  default: (await import("#components/inbox/message-dialog.tsx")).MessageDialog,
});
const MessageDialog = lazy(loadDialog);

/** Everything about one message: what became of it, whose it is, and what it says, masked. */
export function MessageRoom({ initial }: { initial: MessageView }) {
  const t = useTranslations("inbox.page");
  const live = useLive<MessageView>({
    key: ["inbox_message", initial.id],
    path: `/api/live/inbox/${initial.id}`,
    initial,
  });
  const message = live.data ?? initial;
  const [asking, setAsking] = useState<MessageAct | null>(null);
  const { manage } = message.may;
  useEffect(() => {
    if (manage) void loadDialog();
  }, [manage]);
  const { id, event, state, supplier, problem, nextAt, body, may, readAt } = message;
  const isTroubled = TROUBLED_STATES.some((troubled) => troubled === state);
  return (
    <>
      <PageHeader
        longTitle
        title={<code className="font-mono text-lg">{event ?? t("unread")}</code>}
        badge={<MessageStateBadge state={state} look="soft" />}
        meta={
          <>
            <span>{supplier.name}</span>
            <MonoId value={id} copyLabel={t("copyId")} />
            <LiveStamp heardAt={readAt} />
          </>
        }
        action={
          manage &&
          state !== "waiting" && (
            <>
              {isTroubled && (
                <Button icon={<CircleOff aria-hidden />} onClick={() => setAsking("set_aside")}>
                  {t("setAside")}
                </Button>
              )}
              <Button
                variant={isTroubled ? "primary" : "secondary"}
                icon={<RotateCcw aria-hidden />}
                onClick={() => setAsking("replay")}
              >
                {t("replay")}
              </Button>
            </>
          )
        }
      />
      <StaleNotice error={live.error} retry={() => void live.refetch()} />
      <div className="px-gutter grid gap-3 pb-3 empty:hidden">
        {problem && (
          <Notice
            tone={state === "unmatched" ? "look" : "risk"}
            title={<ProblemWords problem={problem} />}
          >
            {nextAt !== null ? (
              <>
                {t("again")} <RelativeTime at={nextAt} />.
              </>
            ) : (
              isTroubled && t("stays")
            )}
          </Notice>
        )}
      </div>
      <MessageFacts message={message} />
      <Section title={t("body")} description={t("bodyHint")}>
        {body !== null ? (
          <CodeBlock
            text={JSON.stringify(body, null, 2)}
            label={t("masked")}
            copyLabel={t("copyBody")}
          />
        ) : (
          <p className="text-ink-2">{t(may.see ? "closed" : "notYours")}</p>
        )}
      </Section>
      <Suspense>
        {asking && <MessageDialog act={asking} id={id} onClose={() => setAsking(null)} />}
      </Suspense>
    </>
  );
}
