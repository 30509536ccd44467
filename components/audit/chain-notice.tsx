"use client";

import { useTranslations } from "next-intl";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { AuditChainState } from "#lib/audit/types.ts";

/** How the chain stands: whole up to an entry, broken at one, or not looked through yet. */
export function ChainNotice({ chain }: { chain: AuditChainState }) {
  const t = useTranslations("audit.chain");
  const { broken, verifiedSeq, verifiedAt } = chain;
  if (broken) {
    return (
      <Notice tone="risk" title={t("broken", { seq: broken.seq })}>
        {t(`why.${broken.why}`)} {t("brokenBody")}
      </Notice>
    );
  }
  if (verifiedSeq === null || verifiedAt === null) return <Notice>{t("unknown")}</Notice>;
  return (
    <Notice tone="done" title={t("whole", { seq: verifiedSeq })}>
      {t.rich("wholeBody", { when: () => <RelativeTime at={verifiedAt} /> })}
    </Notice>
  );
}
