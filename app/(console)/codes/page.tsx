import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import {
  addressOf,
  codeFilterNames,
  codeQueryOf,
  type RawCodeFilter,
  readCodeFilter,
  stockQueryOf,
} from "#components/codes/code-list-filter.ts";
import { CodesRoom } from "#components/codes/codes-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { parseCodeFilter } from "#lib/codes/code-filter.ts";
import { listCodes } from "#lib/codes/read-codes.ts";
import { parseStockFilter, readStock } from "#lib/codes/read-stock.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("codes"))("title") };
}

export default async function CodesDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const raw = codeFilterNames.map((name) => [name, [params[name] ?? null].flat()[0] ?? null]);
  const filter = readCodeFilter(Object.fromEntries(raw) as RawCodeFilter);
  const address = addressOf(filter);
  const actor = await requireActor(`/codes${address && `?${address}`}`);
  if (!can(actor, "codes.read")) {
    const t = await getTranslations("codes");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const query = codeQueryOf(filter);
  const stockQuery = stockQueryOf(filter);
  const ctx = await runtime();
  const [page, stock] = await Promise.all([
    listCodes(ctx, actor, parseCodeFilter(new URLSearchParams(query))),
    readStock(ctx, actor, parseStockFilter(new URLSearchParams(stockQuery))),
  ]);
  return (
    <ClientMessages of={["codes", "inventory", "reveal", "codeParts"]}>
      <CodesRoom
        initial={page}
        initialQuery={query}
        initialStock={stock}
        initialStockQuery={stockQuery}
      />
    </ClientMessages>
  );
}
