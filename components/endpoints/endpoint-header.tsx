"use client";

import { Pause, Pencil, Play, Send, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { EndpointQuestion } from "#components/endpoints/endpoint-dialog.tsx";
import { StandingBadge } from "#components/endpoints/standing-signs.tsx";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";

/** Which endpoint it is, how it is, and what can be done about it. */
export function EndpointHeader({
  endpoint,
  onAsk,
  onTry,
}: {
  endpoint: EndpointDetail;
  onAsk: (question: EndpointQuestion) => void;
  onTry: () => void;
}) {
  const t = useTranslations("endpoints");
  const { id, name, channel, target, may, pausedAt, disabledAt, settings, readAt } = endpoint;
  return (
    <PageHeader
      title={name}
      badge={<StandingBadge endpoint={endpoint} look="soft" />}
      meta={
        <>
          <span>{t(`channel.${channel}.word`)}</span>
          <span className="font-mono wrap-anywhere">{target}</span>
          <MonoId value={id} copyLabel={t("page.copyId")} />
          <LiveStamp heardAt={readAt} />
        </>
      }
      action={
        (may.send || may.manage) && (
          // On a phone on lines of their own: beside the title they would leave it no room.
          <div className="flex flex-wrap items-center gap-2 max-md:w-[calc(100vw-3*var(--gutter))]">
            {may.send && (
              <Button icon={<Send aria-hidden />} onClick={onTry}>
                {t("page.try")}
              </Button>
            )}
            {may.send && disabledAt === null && (
              <Button
                icon={pausedAt === null ? <Pause aria-hidden /> : <Play aria-hidden />}
                onClick={() => onAsk(pausedAt === null ? "pause" : "resume")}
              >
                {t(pausedAt === null ? "page.pause" : "page.resume")}
              </Button>
            )}
            {may.manage && settings && (
              <ButtonLink href={`/settings/endpoints/${id}/edit`} icon={<Pencil aria-hidden />}>
                {t("page.edit")}
              </ButtonLink>
            )}
            {may.manage && (
              <IconButton
                label={t("page.delete")}
                variant="secondary"
                onClick={() => onAsk("delete")}
              >
                <Trash2 aria-hidden />
              </IconButton>
            )}
          </div>
        )
      }
    />
  );
}
