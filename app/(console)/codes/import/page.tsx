import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { MissingRight } from "#app/_server/missing-right.tsx";
import { runtime } from "#app/_server/runtime.ts";
import { ImportRoom } from "#components/codes/import-room.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { readStockProductOption } from "#lib/codes/find-stock-products.ts";
import { listImports } from "#lib/codes/read-imports.ts";
import { isUuid } from "#lib/platform/ids.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("import"))("title") };
}

export default async function ImportPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { product } = await searchParams;
  const productId = typeof product === "string" && isUuid(product) ? product.toLowerCase() : null;
  const actor = await requireActor(`/codes/import${productId ? `?product=${productId}` : ""}`);
  const t = await getTranslations("import");
  if (!can(actor, "codes.import")) {
    return (
      <MissingRight permission="codes.import" title={t("noRight")}>
        {t("whoGrants")}
      </MissingRight>
    );
  }
  const ctx = await runtime();
  const [imports, wished] = await Promise.all([
    listImports(ctx, actor),
    productId ? readStockProductOption(ctx, actor, productId) : null,
  ]);
  return (
    <ClientMessages of={["import"]}>
      <ImportRoom key={productId} product={wished} imports={imports} />
    </ClientMessages>
  );
}
