import { PlugZap } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { CatalogWait } from "#components/orders/new/catalog-wait.tsx";
import { NewOrder } from "#components/orders/new/new-order.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readBalancePage } from "#lib/balance/read.ts";
import { readCatalogFilters, readCatalogStatus } from "#lib/catalog/read.ts";
import { readPrefill, readWish, wishQuery } from "./prefill.ts";

/** Seconds: sending the order to the supplier (up to 58 s) goes on after the page has its answer and must not be cut off. */
export const maxDuration = 90;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("newOrder"))("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewOrderPage({ searchParams }: Props) {
  const wish = readWish(await searchParams);
  const source = wishQuery(wish);
  const actor = await requireActor(`/orders/new${source && `?${source}`}`);
  const t = await getTranslations("newOrder");
  if (!can(actor, "orders.place")) {
    return (
      <MissingRight permission="orders.place" title={t("noRight.title")}>
        {t("noRight.body")} {t("noRight.whoGrants")}
      </MissingRight>
    );
  }
  const ctx = await runtime();
  const header = <PageHeader title={t("title")} />;
  if (ctx.suppliers.all().length === 0) {
    return (
      <>
        {header}
        <EmptyState icon={<PlugZap aria-hidden />} title={t("noSupplier.title")}>
          {t.rich("noSupplier.body", {
            code: (name) => <code className="font-mono text-xs wrap-anywhere">{name}</code>,
          })}
        </EmptyState>
      </>
    );
  }
  const [catalog, filters, balance, { prefill, missing }] = await Promise.all([
    readCatalogStatus(ctx, actor),
    readCatalogFilters(ctx, actor),
    readBalancePage(ctx, actor),
    readPrefill(ctx, actor, wish),
  ]);
  const notices = (
    <>
      {missing.length > 0 && (
        <Notice tone="look" title={t("missing.title")}>
          {missing.every((name) => name === null)
            ? t("missing.unknown")
            : t("missing.body", { names: missing.join(", ") })}
        </Notice>
      )}
      {catalog.lastFinishedAt === null && (
        <Notice>{t("catalog.partial", { count: catalog.products })}</Notice>
      )}
    </>
  );
  return (
    <ClientMessages of={["newOrder", "orders"]}>
      {header}
      {catalog.products === 0 ? (
        <CatalogWait initial={{ ...catalog, readAt: ctx.now().toISOString() }} />
      ) : (
        <NewOrder
          // Another wish is another form.
          key={source}
          userId={actor.id}
          source={source}
          prefill={prefill}
          filters={filters}
          balance={balance}
          notices={notices}
        />
      )}
    </ClientMessages>
  );
}
