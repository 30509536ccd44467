"use client";

import { PackageSearch } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useLive } from "#components/live/use-live.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import type { CatalogStatus } from "#lib/catalog/types.ts";

type LiveStatus = CatalogStatus & { readAt: string };

/** There is nothing to order yet: how far the first reading of the catalogue has come. */
export function CatalogProgress({ initial }: { initial: LiveStatus }) {
  const t = useTranslations("newOrder.catalog");
  const router = useRouter();
  const status = useLive<LiveStatus>({ key: ["catalog"], path: "/api/live/catalog", initial }).data;
  const there = (status?.products ?? 0) > 0;
  useEffect(() => {
    if (there) router.refresh();
  }, [there, router]);
  const walking = status?.walking ?? null;
  return (
    <EmptyState icon={<PackageSearch aria-hidden />} title={t(walking ? "reading" : "empty")}>
      <p>{t(walking ? "readingBody" : "emptyBody")}</p>
      {walking && (
        <p role="status" className="mt-3 inline-flex items-center gap-2">
          <Spinner />
          {t("seen", { count: walking.seen })}
        </p>
      )}
    </EmptyState>
  );
}
