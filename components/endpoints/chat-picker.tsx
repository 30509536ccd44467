"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { findChatsAction } from "#app/(console)/settings/endpoints/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { ErrorKindWords } from "#components/endpoints/error-kind-words.tsx";
import { useEndpointAct } from "#components/endpoints/use-endpoint-act.ts";
import { useProblemText } from "#components/endpoints/use-problem-text.ts";
import { Button } from "#components/ui/button.tsx";
import type { FoundChats } from "#lib/deliveries/find-chats.ts";

/** Chats from which the bot has heard lately: nobody knows a chat's number by heart. */
export function ChatPicker({
  token,
  apiRoot,
  endpointId,
  onPick,
}: {
  token: string;
  apiRoot: string;
  endpointId: string | null;
  onPick: (chatId: string) => void;
}) {
  const t = useTranslations("endpoints.chats");
  const act = useEndpointAct();
  const textOf = useProblemText();
  const [found, setFound] = useState<FoundChats | null>(null);
  async function find() {
    setFound(null);
    setFound(
      await act.run(() =>
        findChatsAction({
          ...(endpointId === null ? {} : { id: endpointId }),
          ...(token.trim() ? { token: token.trim() } : {}),
          ...(apiRoot.trim() ? { apiRoot: apiRoot.trim() } : {}),
        }),
      ),
    );
  }
  return (
    <div className="mt-1.5 grid justify-items-start gap-2">
      <Button size="sm" busy={act.busy} onClick={() => void find()}>
        {t("find")}
      </Button>
      <div role="status" className="w-full text-xs text-ink-2 empty:hidden">
        {found?.kind === "chats" && found.chats.length === 0 && t("none")}
        {found?.kind === "invalid" && found.problems[0] && textOf(found.problems[0].code)}
        {found?.kind === "failed" && <ErrorKindWords kind={found.errorKind} />}
      </div>
      {found?.kind === "chats" && found.chats.length > 0 && (
        <ul aria-label={t("label")} className="grid w-full gap-1">
          {found.chats.map(({ id, title, type }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => onPick(String(id))}
                className="flex min-h-(--control-sm) w-full items-baseline justify-between gap-3 rounded-md border border-line px-2.5 py-1 text-left hover:bg-hover"
              >
                <span className="min-w-0 truncate">{title}</span>
                <span className="shrink-0 text-xs text-ink-3">{type}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {act.failure && <ActProblem failure={act.failure} words="endpoints" />}
    </div>
  );
}
