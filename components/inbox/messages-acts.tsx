"use client";

import { CircleOff, RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import type { MessageAct } from "#components/inbox/message-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import type { InboxFilter } from "#lib/inbound/types.ts";

const MessagesDialog = lazy(async () => ({
  default: (await import("#components/inbox/messages-dialog.tsx")).MessagesDialog,
}));

/** What can be done about all messages in trouble that match, as they were read: the newest is `newest`. */
export function MessagesActs({
  matching,
  newest,
  readAt,
}: {
  matching: InboxFilter;
  newest: string;
  readAt: string;
}) {
  const t = useTranslations("inbox");
  const [asked, setAsked] = useState<{ act: MessageAct; upTo: string; seenAt: string } | null>(
    null,
  );
  const ask = (act: MessageAct) => setAsked({ act, upTo: newest, seenAt: readAt });
  return (
    <>
      <Button icon={<RotateCcw aria-hidden />} onClick={() => ask("replay")}>
        {t("replayAll.open")}
      </Button>
      <Button icon={<CircleOff aria-hidden />} onClick={() => ask("set_aside")}>
        {t("setAsideAll.open")}
      </Button>
      <Suspense>
        {asked && <MessagesDialog {...asked} matching={matching} onClose={() => setAsked(null)} />}
      </Suspense>
    </>
  );
}
