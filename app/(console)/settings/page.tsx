import {
  BellRing,
  BookOpen,
  ChevronRight,
  CircleUser,
  KeyRound,
  ScrollText,
  Send,
  Store,
  Users,
} from "lucide-react";
import type { Metadata } from "next";
import NextLink from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireActor } from "#app/_server/current-actor.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { can } from "#lib/access/actor.ts";
import type { Permission } from "#lib/access/permissions.ts";

/** Each part, and what a reader has to be allowed for it to be of use to him. */
const PARTS = {
  account: null,
  people: "people.manage",
  "api-keys": "api_keys.manage",
  suppliers: "suppliers.read",
  endpoints: "deliveries.read",
  escalation: "alerts.read",
  runbooks: "alerts.read",
  audit: "audit.read",
} as const satisfies Record<string, Permission | null>;
type Part = keyof typeof PARTS;
const icons: Record<Part, ReactNode> = {
  account: <CircleUser aria-hidden />,
  people: <Users aria-hidden />,
  "api-keys": <KeyRound aria-hidden />,
  suppliers: <Store aria-hidden />,
  endpoints: <Send aria-hidden />,
  escalation: <BellRing aria-hidden />,
  runbooks: <BookOpen aria-hidden />,
  audit: <ScrollText aria-hidden />,
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings"))("title") };
}

/** The way to each part of the settings. */
export default async function SettingsDoor() {
  const actor = await requireActor("/settings");
  const t = await getTranslations("settings");
  const shown = (Object.keys(PARTS) as Part[]).filter((part) => {
    const permission = PARTS[part];
    return permission === null || can(actor, permission);
  });
  return (
    <>
      <PageHeader title={t("title")} />
      <ul className="border-y border-line">
        {shown.map((part) => (
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
