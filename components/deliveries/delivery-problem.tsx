"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Failure } from "#components/orders/failure.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Why something that was asked for did not happen, and what to do; read out when it appears. */
export function DeliveryProblem({ failure }: { failure: Failure }) {
  const t = useTranslations("deliveryActs.problem");
  const pathname = usePathname();
  const { code } = failure;
  // Only for these has the log more to tell.
  const reference = code === "internal" || code === "forbidden" ? failure.reference : null;
  return (
    <Notice tone="look" live reference={reference}>
      {t(`code.${code}`)}{" "}
      {code === "unauthenticated" && (
        <Link tone="prose" href={`/login?next=${encodeURIComponent(pathname)}`}>
          {t("signIn")}
        </Link>
      )}
    </Notice>
  );
}
