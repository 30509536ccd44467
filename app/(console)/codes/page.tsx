import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireActor } from "#app/_server/current-actor.ts";
import { runtime } from "#app/_server/runtime.ts";
import { codeQueryOf, readCodeFilter } from "#components/codes/code-list-filter.ts";
import { CodesRoom } from "#components/codes/codes-room.tsx";
import { NoRightState } from "#components/ui/no-right-state.tsx";
import { ClientMessages } from "#i18n/client-messages.tsx";
import { can } from "#lib/access/actor.ts";
import { parseCodeFilter } from "#lib/codes/code-filter.ts";
import { listCodes } from "#lib/codes/read.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("codes"))("title") };
}

export default async function CodesDoor({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const params = await searchParams;
  const one = (name: string) => [params[name] ?? null].flat()[0] ?? null;
  const query = codeQueryOf(
    readCodeFilter({ search: one("search"), mock: one("mock"), after: one("after") }),
  );
  const actor = await requireActor(`/codes${query && `?${query}`}`);
  if (!can(actor, "codes.read")) {
    const t = await getTranslations("codes");
    return <NoRightState heading={1} whoGrants={t("whoGrants")} />;
  }
  const page = await listCodes(await runtime(), actor, parseCodeFilter(new URLSearchParams(query)));
  return (
    <ClientMessages of={["codes"]}>
      <CodesRoom initial={page} initialQuery={query} />
    </ClientMessages>
  );
}
