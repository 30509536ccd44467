import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Wordmark } from "#components/shell/mark.tsx";
import { buttonClass } from "#components/ui/button-class.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: t("notFound.title") };
}

/** Part of every page's first load: plain elements only, so that it costs the others nothing. */
export default async function NotFound() {
  const t = await getTranslations();
  const reference = (await headers()).get("x-correlation-id");
  return (
    <main
      id="main"
      className="mx-auto grid min-h-dvh max-w-100 content-center justify-items-start gap-5 px-4"
    >
      <Wordmark />
      <div className="grid gap-1">
        <h1 className="text-xl font-semibold">{t("common.notFound.title")}</h1>
        <p className="text-pretty text-ink-2">{t("common.notFound.body")}</p>
      </div>
      <a href="/" className={buttonClass({ variant: "primary" })}>
        {t("common.notFound.home")}
      </a>
      {reference && (
        <p className="text-xs text-ink-2">
          {t("ui.error.reference")} <code className="font-mono select-all">{reference}</code>
        </p>
      )}
    </main>
  );
}
