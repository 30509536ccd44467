"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Failure } from "#components/orders/failure.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { LOOK_COOLDOWN_MS } from "#lib/orders/poll-schedule.ts";

/** Why something that was asked for did not happen, and what to do; read out when it appears. */
export function ActionProblem({ failure, className }: { failure: Failure; className?: string }) {
  const t = useTranslations("orders");
  const pathname = usePathname();
  const { code } = failure;
  // For these the log has nothing more to tell.
  const known = code === "too_soon" || code === "conflict" || code === "unauthenticated";
  return (
    <Notice
      tone="look"
      live
      reference={known ? null : failure.reference}
      className={className ?? ""}
    >
      {t(`problem.${code}`, { seconds: LOOK_COOLDOWN_MS / 1_000 })}{" "}
      {code === "unauthenticated" && (
        <Link tone="prose" href={`/login?next=${encodeURIComponent(pathname)}`}>
          {t("problem.signIn")}
        </Link>
      )}
    </Notice>
  );
}
