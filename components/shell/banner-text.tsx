"use client";

import { clsx } from "clsx";
import { OctagonAlert, TriangleAlert, Unplug } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useShell } from "#components/shell/live-shell.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useAgo } from "#components/ui/use-elapsed-text.ts";

const unreachableAfterMs = 30_000;

/** What the banner says, and nothing when all is well. */
export function BannerText() {
  const t = useTranslations("shell");
  const ago = useAgo();
  const now = useClock();
  const pathname = usePathname();
  const { state, problem } = useShell();
  const since = (at: string) => ago(now - Date.parse(at));

  if (problem === "signedOut") {
    return (
      <Banner tone="look" icon={<TriangleAlert aria-hidden />}>
        {t("banner.signedOut", { ago: since(state.readAt) })}{" "}
        <NextLink
          href={`/login?next=${encodeURIComponent(pathname)}`}
          prefetch={false}
          className="rounded-sm font-medium underline underline-offset-3"
        >
          {t("banner.signIn")}
        </NextLink>
      </Banner>
    );
  }
  if (problem === "unreachable" && now - Date.parse(state.readAt) > unreachableAfterMs) {
    return (
      <Banner tone="look" icon={<Unplug aria-hidden />}>
        {t("banner.unreachable", { ago: since(state.readAt) })}
      </Banner>
    );
  }
  const { health, lastBeatAt } = state.engine;
  if (health === "ok") return null;
  return (
    <Banner tone={health === "late" ? "look" : "risk"} icon={<OctagonAlert aria-hidden />}>
      {lastBeatAt === null
        ? t("banner.engineNever")
        : t(health === "late" ? "banner.engineLate" : "banner.engineStopped", {
            ago: since(lastBeatAt),
          })}
    </Banner>
  );
}

function Banner({
  tone,
  icon,
  children,
}: {
  tone: "look" | "risk";
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <div
      role="status"
      className={clsx(
        "px-gutter flex items-start gap-2 border-b py-2 [&_.lucide]:mt-0.5",
        tone === "look"
          ? "border-look-line bg-look-soft text-look"
          : "border-risk-line bg-risk-soft text-risk",
      )}
    >
      {icon}
      <p className="min-w-0 max-w-[90ch]">{children}</p>
    </div>
  );
}
