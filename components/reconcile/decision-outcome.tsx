"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Problem } from "#app/_server/problem.ts";
import { SupplierWords } from "#components/orders/supplier-words.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { DecisionResult } from "#lib/reconcile/types.ts";

/** Why nothing was decided. */
export type Outcome =
  | Extract<DecisionResult, { kind: "picture_changed" | "not_listed" }>
  | { kind: "problem"; problem: Problem }
  | { kind: "unreachable" };

/** What stood in the way of a decision, what that means, and what to do; read out when it appears. */
export function DecisionOutcome({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("reconcile.outcome");
  const pathname = usePathname();
  switch (outcome.kind) {
    case "picture_changed":
      return (
        <Notice tone="look" live title={t("changed")}>
          {t("changedBody")}
        </Notice>
      );
    case "not_listed":
      return (
        <Notice tone="look" live title={t("notListed")}>
          {t("notListedBody")}
          <SupplierWords label={t("problem")} words={outcome.problem} className="mt-1" />
        </Notice>
      );
    case "unreachable":
      return (
        <Notice tone="look" live>
          {t("unreachable")}
        </Notice>
      );
    case "problem": {
      const { code, reference } = outcome.problem;
      // Only for these has the log more to tell.
      const shown = code === "internal" || code === "forbidden" ? reference : null;
      return (
        <Notice tone="look" live reference={shown}>
          {t(`code.${code}`)}{" "}
          {code === "unauthenticated" && (
            <Link tone="prose" href={`/login?next=${encodeURIComponent(pathname)}`}>
              {t("signIn")}
            </Link>
          )}
        </Notice>
      );
    }
  }
}
