import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";

export default async function EntryNotFound() {
  const t = await getTranslations("audit.notFound");
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t("body")}
        action={<ButtonLink href="/settings/audit">{t("action")}</ButtonLink>}
      />
    </>
  );
}
