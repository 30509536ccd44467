"use client";

import { Ban, CircleCheck, Clock, Pencil, RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { KeyQuestion } from "#components/api-keys/key-dialog.tsx";
import { useScopeWords } from "#components/api-keys/use-scope-words.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { StatusBadge } from "#components/ui/status-badge.tsx";
import { Table, TD, TH, THead, TR } from "#components/ui/table.tsx";
import { TBody } from "#components/ui/table-body.tsx";
import { ExactTime, RelativeTime } from "#components/ui/time.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { KeyState, KeyView } from "#lib/api/types.ts";

const SIGNS: Record<KeyState, { tone: Tone; icon: ReactNode }> = {
  active: { tone: "done", icon: <CircleCheck aria-hidden /> },
  expired: { tone: "waiting", icon: <Clock aria-hidden /> },
  revoked: { tone: "waiting", icon: <Ban aria-hidden /> },
};

/** A row a key: which, what it may, when it was last used, until when it works. */
export function KeysTable({
  keys,
  ask,
}: {
  keys: readonly KeyView[];
  ask: (question: KeyQuestion) => void;
}) {
  const t = useTranslations("apiKeys.list");
  return (
    <section aria-label={t("label")} className="border-t border-line">
      <Table label={t("label")}>
        <THead>
          <TH grow>{t("name")}</TH>
          <TH>{t("state")}</TH>
          <TH from="lg">{t("scopes")}</TH>
          <TH align="end" from="lg">
            {t("rate")}
          </TH>
          <TH>{t("lastUsed")}</TH>
          <TH from="lg">{t("expires")}</TH>
          <TH hideLabel>{t("acts")}</TH>
        </THead>
        <TBody>
          {keys.map((key) => (
            <Row key={key.id} view={key} ask={ask} />
          ))}
        </TBody>
      </Table>
    </section>
  );
}

function Row({ view, ask }: { view: KeyView; ask: (question: KeyQuestion) => void }) {
  const t = useTranslations("apiKeys.list");
  const format = useFormatter();
  return (
    <TR>
      <TD grow phone="title">
        <span className="grid min-w-0">
          <span className="truncate font-medium">{view.name}</span>
          <span className="truncate font-mono text-xs text-ink-2">{view.prefix}…</span>
          {view.previous && (
            <span className="text-xs text-look">
              {t.rich("previous", {
                prefix: view.previous.prefix,
                at: () => <ExactTime at={view.previous?.until ?? ""} focusable={false} />,
              })}
            </span>
          )}
        </span>
      </TD>
      <TD phone="side">
        <State state={view.state} />
      </TD>
      <TD from="lg">
        <Bounds view={view} />
      </TD>
      <TD align="end" from="lg">
        {format.number(view.ratePerMinute, "count")}
      </TD>
      <TD phone="meta">
        {view.lastUsedAt ? (
          <span className="grid">
            <RelativeTime at={view.lastUsedAt} focusable={false} />
            {view.lastUsedFrom && (
              <span className="text-xs text-ink-2">
                {t("from", { address: view.lastUsedFrom })}
              </span>
            )}
          </span>
        ) : (
          <span className="text-ink-3">{t("never")}</span>
        )}
      </TD>
      <TD from="lg">
        {view.expiresAt ? (
          <ExactTime at={view.expiresAt} focusable={false} />
        ) : (
          <span className="text-ink-3">{t("noEnd")}</span>
        )}
      </TD>
      <TD phone="end" align="end">
        {view.state === "active" && (
          <span className="flex justify-end gap-1">
            <IconButton
              label={`${t("change")}: ${view.name}`}
              onClick={() => ask({ kind: "change", view })}
            >
              <Pencil aria-hidden />
            </IconButton>
            <IconButton
              label={`${t("rotate")}: ${view.name}`}
              onClick={() => ask({ kind: "rotate", view })}
            >
              <RefreshCw aria-hidden />
            </IconButton>
            <IconButton
              label={`${t("revoke")}: ${view.name}`}
              onClick={() => ask({ kind: "revoke", view })}
            >
              <Ban aria-hidden />
            </IconButton>
          </span>
        )}
      </TD>
    </TR>
  );
}

function State({ state }: { state: KeyState }) {
  // i18n-use: apiKeys.state.*
  const t = useTranslations("apiKeys.state");
  return <StatusBadge {...SIGNS[state]}>{t(state)}</StatusBadge>;
}

/** What it may do, and within which bounds. */
function Bounds({ view }: { view: KeyView }) {
  const t = useTranslations("apiKeys.list");
  const words = useScopeWords();
  const { allowedFrom, ownOrdersOnly, spendPerDay } = view;
  const limits = Object.entries(spendPerDay).map(([currency, amount]) => `≤ ${amount} ${currency}`);
  const bounds = [...(ownOrdersOnly ? [t("own")] : []), ...allowedFrom, ...limits];
  return (
    <span className="grid">
      {view.scopes.map((scope) => (
        <span key={scope}>{words(scope)}</span>
      ))}
      {bounds.length > 0 && <span className="text-xs text-ink-2">{bounds.join(" · ")}</span>}
    </span>
  );
}
