"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { channelFields } from "#components/endpoints/channel-fields.ts";
import type { EndpointDraft } from "#components/endpoints/endpoint-draft.ts";
import { SecretLine } from "#components/endpoints/secret-once.tsx";
import { SettingsField } from "#components/endpoints/settings-field.tsx";

const ChatPicker = lazy(async () => ({
  default: (await import("#components/endpoints/chat-picker.tsx")).ChatPicker,
}));
const HeaderFields = lazy(async () => ({
  default: (await import("#components/endpoints/header-fields.tsx")).HeaderFields,
}));

/** Where it leads, and what it takes to be let in there. */
export function ChannelSettings({
  draft,
  kept,
  endpointId,
  errorAt,
  onChange,
}: {
  draft: EndpointDraft;
  kept: readonly string[];
  endpointId: string | null;
  errorAt: (place: string) => string | undefined;
  onChange: (to: Partial<EndpointDraft>) => void;
}) {
  const t = useTranslations("endpoints.form");
  const { channel, fields } = draft;
  const all = channelFields[channel];
  const rare = all.filter((field) => field.rare);
  const setField = (key: string, value: string) =>
    onChange({ fields: { ...fields, [key]: value } });
  const show = (those: typeof all) => (
    <div className="grid gap-4 sm:grid-cols-2">
      {those.map((field) => (
        <div key={field.key} className={field.short ? "min-w-0" : "min-w-0 sm:col-span-2"}>
          <SettingsField
            field={field}
            value={fields[field.key] ?? ""}
            error={errorAt(`${field.kind === "secret" ? "secrets" : "config"}.${field.key}`)}
            kept={field.kind === "secret" && kept.includes(field.key)}
            onValue={(value) => setField(field.key, value)}
          />
          {field.key === "chatId" && (
            <Suspense>
              <ChatPicker
                token={fields.token ?? ""}
                apiRoot={fields.apiRoot ?? ""}
                endpointId={endpointId}
                onPick={(chatId) => setField("chatId", chatId)}
              />
            </Suspense>
          )}
        </div>
      ))}
    </div>
  );
  return (
    <>
      {show(all.filter((field) => !field.rare))}
      {channel === "webhook" && draft.signing && (
        <div className="grid gap-1">
          <p className="text-xs font-medium text-ink-2">{t("signing")}</p>
          <SecretLine secret={draft.signing} />
          <p className="text-xs text-ink-2">{t("signingHint")}</p>
        </div>
      )}
      {channel === "webhook" && (
        <Suspense>
          <HeaderFields
            headers={draft.headers}
            errorAt={errorAt}
            onChange={(headers) => onChange({ headers })}
          />
        </Suspense>
      )}
      {rare.length > 0 && (
        <details className="group">
          <summary className="w-fit rounded-sm text-xs font-medium text-ink-2 hover:text-ink">
            {t("rare")}
          </summary>
          <div className="pt-3">{show(rare)}</div>
        </details>
      )}
    </>
  );
}
