"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { channelIcons, channelKinds } from "#components/endpoints/channel-icon.tsx";
import type { ChannelKind } from "#lib/deliveries/types.ts";

/** By which way events leave: radios that look like what they lead to. */
export function ChannelChoice({
  value,
  onChange,
}: {
  value: ChannelKind;
  onChange: (channel: ChannelKind) => void;
}) {
  const t = useTranslations("endpoints");
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-xs font-medium text-ink-2">{t("new.channel")}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {channelKinds.map((kind) => (
          <label
            key={kind}
            className={clsx(
              "relative grid content-start gap-1 rounded-md border px-3 py-2.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent",
              kind === value
                ? "border-accent bg-accent-soft"
                : "border-line-strong hover:border-control hover:bg-hover",
            )}
          >
            <input
              type="radio"
              name="channel"
              value={kind}
              checked={kind === value}
              onChange={() => onChange(kind)}
              className="sr-only"
            />
            <span className="flex items-center gap-2 font-medium [&_.lucide]:size-4">
              <span className={kind === value ? "text-accent" : "text-ink-3"}>
                {channelIcons[kind]}
              </span>
              {t(`channel.${kind}.word`)}
            </span>
            <span className="text-xs text-ink-2">{t(`channel.${kind}.hint`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
