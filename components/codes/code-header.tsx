"use client";

import { useTranslations } from "next-intl";
import { type CodeAct, codeActs } from "#components/codes/code-acts.ts";
import type { CodeQuestion } from "#components/codes/code-question.ts";
import { CodeStateBadge } from "#components/codes/code-state.tsx";
import { MockBadge } from "#components/codes/mock-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { LiveStamp } from "#components/ui/live-stamp.tsx";
import { MonoId } from "#components/ui/mono-id.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import type { CodeDetail } from "#lib/codes/types.ts";

/** Which code it is, where it stands, and what can be done about it. */
export function CodeHeader({
  code,
  onAsk,
}: {
  code: CodeDetail;
  onAsk: (question: CodeQuestion) => void;
}) {
  const t = useTranslations("inventory.code");
  const acts = codeActs(code);
  return (
    <PageHeader
      longTitle
      title={
        <>
          <code className="font-mono">{code.mask}</code>
          <span className="ml-3 font-normal text-ink-2">{code.productName}</span>
        </>
      }
      badge={
        <span className="flex flex-wrap items-center gap-1.5">
          <CodeStateBadge state={code.state} look="soft" />
          {code.region && <Badge>{code.region}</Badge>}
          {code.isMock && <MockBadge />}
        </span>
      }
      meta={
        <>
          <span className="inline-flex items-center gap-1.5">
            {t("id")}
            <MonoId value={code.id} copyLabel={t("copyId")} />
          </span>
          <LiveStamp heardAt={code.readAt} />
        </>
      }
      action={acts.map((act, at) => (
        <Button
          key={act}
          variant={at === 0 && isMain(act) ? "primary" : "secondary"}
          onClick={() => onAsk({ kind: act })}
        >
          {/* i18n-use: inventory.code.acts.* */}
          {t(`acts.${act}`)}
        </Button>
      ))}
    />
  );
}

const isMain = (act: CodeAct): boolean => act === "hand_out" || act === "replace";
