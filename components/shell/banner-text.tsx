"use client";

import { clsx } from "clsx";
import { OctagonAlert, TriangleAlert, Unplug } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useShell } from "#components/shell/live-shell.tsx";
import type { ShellAlerting, ShellState } from "#components/shell/shell-state.ts";
import { RelativeTime } from "#components/ui/time.tsx";
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
  // Of an engine that doesn't run the rest comes.
  if (state.engine.health !== "ok") return <EngineBanner engine={state.engine} />;
  return state.alerting && <AlertingBanner alerting={state.alerting} />;
}

/** What goes wrong may not be seen, or nobody told of it. */
function AlertingBanner({ alerting }: { alerting: ShellAlerting }) {
  const t = useTranslations("shell.banner.alerting");
  return (
    <Banner tone="risk" icon={<OctagonAlert aria-hidden />}>
      <strong className="font-semibold">{t(`title.${alerting.kind}`)}</strong>{" "}
      {alerting.kind === "not_judged"
        ? t("rules", { rules: alerting.rules.join(", ") })
        : // i18n-use: shell.banner.alerting.not_raised
          // i18n-use: shell.banner.alerting.not_told
          t.rich(alerting.kind, {
            count: alerting.count,
            at: () => <RelativeTime at={alerting.since} />,
          })}{" "}
      {t("look")}
    </Banner>
  );
}

/** Since when nobody looks after the orders, what that means, and what has to be done by whom. */
function EngineBanner({ engine: { lastBeatAt, lastKind } }: { engine: ShellState["engine"] }) {
  const t = useTranslations("shell.banner.engine");
  return (
    <Banner tone="risk" icon={<OctagonAlert aria-hidden />}>
      <strong className="font-semibold">{t("title")}</strong>{" "}
      {lastBeatAt === null
        ? t("never")
        : t.rich("since", { at: () => <RelativeTime at={lastBeatAt} /> })}{" "}
      {t("means")} {t(lastKind === "cron" ? "checkCron" : "startWorker")}
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
      role={tone === "risk" ? "alert" : "status"}
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
