import { BellRing, BookOpen, ChevronRight, Send, Store } from "lucide-react";
import type { Metadata } from "next";
import NextLink from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireActor } from "#app/_server/current-actor.ts";
import { PageHeader } from "#components/ui/page-header.tsx";

const PARTS = ["suppliers", "endpoints", "escalation", "runbooks"] as const;
const icons: Record<(typeof PARTS)[number], ReactNode> = {
  suppliers: <Store aria-hidden />,
  endpoints: <Send aria-hidden />,
  escalation: <BellRing aria-hidden />,
  runbooks: <BookOpen aria-hidden />,
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

/** The way to each part of the settings. */
export default async function SettingsDoor() {
  await requireActor("/settings");
  const t = await getTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} />
      <ul className="border-y border-line">
        {PARTS.map((part) => (
          <li key={part} className="not-first:border-t not-first:border-line">
            <NextLink
              href={`/settings/${part}`}
              className="px-gutter flex items-center gap-4 py-3.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2 [&_.lucide]:text-ink-3"
            >
              {icons[part]}
              <span className="grid min-w-0 flex-1 gap-0.5">
                <span className="font-medium">{t(`${part}.title`)}</span>
                <span className="max-w-prose text-xs text-pretty text-ink-2">
                  {t(`${part}.body`)}
                </span>
              </span>
              <ChevronRight aria-hidden />
            </NextLink>
          </li>
        ))}
      </ul>
    </>
  );
}
