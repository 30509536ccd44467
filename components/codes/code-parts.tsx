"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CodeQr } from "#components/codes/code-qr.tsx";
import { groupCode } from "#components/codes/group-code.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { CodeParts as Parts } from "#lib/codes/code-parts.ts";

type Esim = NonNullable<Parts["esim"]>;

/** Which text of a code it is; `other` for what came with it under a name of its own. */
export type PartKey =
  | "code"
  | "pin"
  | "serial"
  | "expiry"
  | "url"
  | "activation"
  | "address"
  | "matchingId"
  | "iccid"
  | "confirmationCode"
  | "other";

/** A code in the open, part by part: the code itself large, the rest by name, an eSIM with its QR code. */
export function CodeParts({
  parts,
  copy = true,
  onCopied,
}: {
  parts: Parts;
  /** False on paper. */
  copy?: boolean;
  /** Told of each copying, to be recorded. */
  onCopied?: (part: PartKey) => void;
}) {
  const t = useTranslations("codeParts");
  const copying = { copy, onCopied };
  const { code, pin, serial, expiry, url, esim, others } = parts;
  return (
    <div className="grid min-w-0 gap-3">
      {code !== null && (
        <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
          <code className="min-w-0 font-mono text-lg tracking-wide select-all wrap-anywhere whitespace-pre-wrap">
            <Grouped value={code} />
          </code>
          {copy && (
            <CopyButton
              value={code}
              label={t("copyCode")}
              words
              variant="secondary"
              onCopied={() => onCopied?.("code")}
            />
          )}
        </p>
      )}
      {esim && <EsimParts esim={esim} {...copying} />}
      <dl className="grid min-w-0 gap-1 empty:hidden">
        {pin !== null && <Part part="pin" text={pin} {...copying} />}
        {serial !== null && <Part part="serial" text={serial} {...copying} />}
        {expiry !== null && <Part part="expiry" text={expiry.text} {...copying} />}
        {url !== null && (
          <Part part="url" text={url} {...copying}>
            <a
              href={url}
              target="_blank"
              rel="noopener noreferrer external"
              className="inline-flex min-w-0 items-baseline gap-1 rounded-sm text-accent underline underline-offset-3 hover:text-accent-hover"
            >
              <span className="min-w-0 wrap-anywhere">{url}</span>
              <ExternalLink
                aria-label={t("opensTab")}
                className="size-3.5 self-center print:hidden"
              />
            </a>
          </Part>
        )}
        {others.map(({ label, text }, at) => (
          <Part
            // biome-ignore lint/suspicious/noArrayIndexKey: the fields of one code never move
            key={at}
            part="other"
            label={label || t("other")}
            text={text}
            {...copying}
          />
        ))}
      </dl>
    </div>
  );
}

type Copying = { copy: boolean; onCopied: ((part: PartKey) => void) | undefined };

function EsimParts({ esim, ...copying }: { esim: Esim } & Copying) {
  const t = useTranslations("codeParts");
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-x-5 gap-y-3">
      <figure className="grid max-w-44 gap-1.5">
        <CodeQr text={esim.activation} label={t("qr")} />
        <figcaption className="text-xs text-pretty text-ink-2">{t("scan")}</figcaption>
      </figure>
      <dl className="grid min-w-0 flex-1 basis-56 gap-1">
        <Part part="activation" text={esim.activation} {...copying} />
        <Part part="address" text={esim.address} {...copying} />
        {esim.matchingId !== "" && <Part part="matchingId" text={esim.matchingId} {...copying} />}
        {esim.confirmationCode !== null && (
          <Part part="confirmationCode" text={esim.confirmationCode} {...copying} />
        )}
        {esim.iccid !== null && <Part part="iccid" text={esim.iccid} {...copying} />}
      </dl>
    </div>
  );
}

/** Name, text, copy. */
function Part({
  part,
  label,
  text,
  copy,
  onCopied,
  children,
}: Copying & { part: PartKey; label?: string; text: string; children?: ReactNode }) {
  const t = useTranslations("codeParts");
  const name = label ?? t(`part.${part}`);
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-baseline gap-x-4">
      <dt className="text-xs text-ink-2 wrap-anywhere">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        {children ?? (
          <code className="min-w-0 font-mono select-all wrap-anywhere whitespace-pre-wrap">
            {text}
          </code>
        )}
        {copy && (
          <CopyButton
            value={text}
            label={t("copyPart", { part: name })}
            className="-my-1.5"
            onCopied={() => onCopied?.(part)}
          />
        )}
      </dd>
    </div>
  );
}

/** Groups set apart by space that isn't text, so that marking and copying by hand gives the code. */
function Grouped({ value }: { value: string }) {
  const groups = groupCode(value);
  return groups.map((group, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the groups of one code never move
      key={index}
      className={index < groups.length - 1 ? "mr-[1ch]" : ""}
    >
      {group}
    </span>
  ));
}
