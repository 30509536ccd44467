"use client";

import { useTranslations } from "next-intl";
import { enableEndpointAction } from "#app/(console)/settings/endpoints/actions.ts";
import { ActProblem } from "#components/acts/act-problem.tsx";
import { standingOf } from "#components/endpoints/standing-of.ts";
import { useEndpointAct } from "#components/endpoints/use-endpoint-act.ts";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import { useClock } from "#components/ui/use-clock.ts";
import { useSpan } from "#components/ui/use-elapsed-text.ts";
import type { EndpointDetail } from "#lib/deliveries/endpoint-types.ts";

/** What is the matter with an endpoint, and what to do; nothing where all is well. */
export function EndpointState({ endpoint }: { endpoint: EndpointDetail }) {
  const t = useTranslations("endpoints.standing");
  const span = useSpan();
  const now = useClock();
  const act = useEndpointAct();
  const { id, may, failures, openUntil, pausedAt, pausedBy, pauseReason, disabledAt } = endpoint;
  const standing = standingOf(endpoint, now);
  const revive = (
    <Link tone="prose" href={`/deliveries?endpoint=${id}&state=not_apply`}>
      {t("disabled.see")}
    </Link>
  );
  return (
    <div className="px-gutter grid gap-3 pb-3 empty:hidden">
      {endpoint.isLocked && (
        <Notice tone="risk" title={t("locked.title")}>
          {t("locked.body")}
        </Notice>
      )}
      {standing === "paused" && pausedAt && (
        <Notice tone="look" title={t("paused.title", { name: pausedBy ?? "" })}>
          <q className="wrap-anywhere">{pauseReason}</q> <RelativeTime at={pausedAt} />.{" "}
          {t("paused.body")}
        </Notice>
      )}
      {standing === "disabled" && disabledAt && (
        <Notice
          tone="risk"
          title={t(endpoint.disabledWhy === "gone" ? "disabled.gone" : "disabled.budget")}
          action={
            may.send && (
              <Button busy={act.busy} onClick={() => void act.run(() => enableEndpointAction(id))}>
                {t("disabled.enable")}
              </Button>
            )
          }
        >
          <RelativeTime at={disabledAt} />. {t("disabled.body")} {revive}
        </Notice>
      )}
      {standing === "resting" && openUntil && (
        <Notice tone="look" title={t("resting.title", { count: failures })}>
          <span suppressHydrationWarning>
            {t("resting.body", { span: span(Date.parse(openUntil) - now) })}
          </span>
        </Notice>
      )}
      {standing === "failing" && (
        <Notice tone="risk" title={t("failing.title", { count: failures })}>
          {t("failing.body")}
        </Notice>
      )}
      {act.failure && <ActProblem failure={act.failure} words="endpoints" />}
    </div>
  );
}
