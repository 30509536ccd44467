"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { AccountView } from "#components/supplier-settings/account-view.ts";
import { useSecretName } from "#components/supplier-settings/use-secret-name.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import type { SecretView } from "#lib/suppliers/room-types.ts";

/** What proves us to the supplier and the supplier to us; never the secrets, their last characters only. */
export function SecretsSection({
  account: { secrets, may },
  onRotate,
}: {
  account: AccountView;
  onRotate: (secret: SecretView) => void;
}) {
  const t = useTranslations("supplierSettings.secrets");
  return (
    <Section title={t("title")} description={t("body")}>
      {secrets.length === 0 ? (
        <p className="text-ink-2">{t("none")}</p>
      ) : (
        <ul className="grid">
          {secrets.map((secret) => (
            <SecretLine
              key={secret.name}
              secret={secret}
              {...(may.manage && !secret.isFromEnvironment && { onRotate })}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SecretLine({
  secret,
  onRotate,
}: {
  secret: SecretView;
  onRotate?: (secret: SecretView) => void;
}) {
  const t = useTranslations("supplierSettings.secrets");
  const nameOf = useSecretName();
  const nameWithin = useSecretName("secretWithin");
  const now = useClock();
  const { name, proves, current, replaced, isFromEnvironment } = secret;
  const stillTaken = replaced.filter(({ endsAt }) => Date.parse(endsAt) > now);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line py-2.5 not-first:border-t">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{nameOf(name)}</span>
          <span className="text-xs text-ink-2">{t(`proves.${proves}`)}</span>
          {current === null && !isFromEnvironment && (
            <Badge tone={secret.isRequired ? "risk" : "waiting"}>{t("missing")}</Badge>
          )}
        </p>
        {isFromEnvironment && <p className="text-xs text-ink-2">{t("fromEnvironment")}</p>}
        {current && !isFromEnvironment && (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
            <LastFour value={current.lastFour} />
            <span>
              {current.createdBy}, <RelativeTime at={current.createdAt} />
            </span>
          </p>
        )}
        <ul suppressHydrationWarning className="grid gap-1 empty:hidden">
          {stillTaken.map(({ lastFour, endsAt }) => (
            <li key={endsAt} className="flex flex-wrap items-center gap-x-3 text-xs text-look">
              <LastFour value={lastFour} />
              <span>
                {t("until")} <ExactTime at={endsAt} />
              </span>
            </li>
          ))}
        </ul>
      </div>
      {onRotate && (
        <Button icon={<RotateCw aria-hidden />} onClick={() => onRotate(secret)}>
          {t(current === null ? "set" : "rotate", { name: nameWithin(name) })}
        </Button>
      )}
    </li>
  );
}

function LastFour({ value }: { value: string }) {
  const t = useTranslations("supplierSettings.secrets");
  return (
    <code className="font-mono text-xs text-ink">
      <span aria-hidden>{`••••${value}`}</span>
      <span className="sr-only">{value === "" ? t("hidden") : t("endsIn", { end: value })}</span>
    </code>
  );
}
