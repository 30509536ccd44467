"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Failure } from "#components/orders/failure.ts";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** Why what was asked for did not happen, and what to do; read out when it appears. */
export function ActFailure({ failure }: { failure: Failure }) {
  const t = useTranslations("endpoints.failure");
  const pathname = usePathname();
  const { code } = failure;
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
