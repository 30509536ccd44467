"use client";

import { useTranslations } from "next-intl";
import { useSecretName } from "#components/supplier-settings/use-secret-name.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Secrets just made. They stand here and nowhere else: not even Keyhold shows them again. */
export function SecretOnce({
  made,
  webhookUrl,
}: {
  /** By name. */
  made: Readonly<Record<string, string>>;
  /** Where the supplier is to send what it signs with them. */
  webhookUrl: string | null;
}) {
  const t = useTranslations("supplierSettings.once");
  const nameOf = useSecretName();
  return (
    <div className="grid gap-3">
      <Notice tone="look" title={t("title")}>
        {t("body")}
      </Notice>
      {webhookUrl && (
        <div className="grid gap-1">
          <p className="text-xs font-medium text-ink-2">{t("address")}</p>
          <CopyLine value={webhookUrl} label={t("copyAddress")} testId="webhook-address" />
        </div>
      )}
      {Object.entries(made).map(([name, secret]) => (
        <div key={name} className="grid gap-1">
          <p className="text-xs font-medium text-ink-2">{nameOf(name)}</p>
          <CopyLine value={secret} label={t("copy")} testId={`made-${name}`} primary />
        </div>
      ))}
    </div>
  );
}

function CopyLine({
  value,
  label,
  testId,
  primary = false,
}: {
  value: string;
  label: string;
  testId: string;
  primary?: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <code
        data-testid={testId}
        className="min-w-0 flex-1 basis-56 font-mono text-xs select-all wrap-anywhere"
      >
        {value}
      </code>
      <CopyButton value={value} label={label} words variant={primary ? "primary" : "secondary"} />
    </div>
  );
}
