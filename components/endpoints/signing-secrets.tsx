"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { Section } from "#components/ui/section.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import type { SigningView } from "#lib/deliveries/endpoint-types.ts";

/** With which secrets messages are signed; never the secrets. */
export function SigningSecrets({
  signing,
  onRotate,
}: {
  signing: readonly SigningView[];
  onRotate: () => void;
}) {
  const t = useTranslations("endpoints.signing");
  const now = useClock();
  const valid = signing.filter(
    ({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > now,
  );
  return (
    <Section
      title={t("title")}
      description={t("body")}
      action={
        <Button icon={<RotateCw aria-hidden />} onClick={onRotate}>
          {t("rotate")}
        </Button>
      }
    >
      <ul suppressHydrationWarning className="grid gap-2">
        {valid.map(({ id, createdAt, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <code className="font-mono text-xs">whsec_••••••••</code>
            <MonoId value={id} className="text-ink-3" />
            <span className="text-xs text-ink-2">
              {t("made")} <RelativeTime at={createdAt} />
            </span>
            {expiresAt === null ? (
              <Badge tone="done">{t("current")}</Badge>
            ) : (
              <span className="text-xs text-look">
                {t("until")} <ExactTime at={expiresAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
