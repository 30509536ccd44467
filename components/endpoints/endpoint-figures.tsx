"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ErrorKindWords } from "#components/endpoints/error-kind-words.tsx";
import { percent } from "#components/endpoints/number-formats.ts";
import { Stat, StatRow } from "#components/ui/stat.tsx";
import { RelativeTime } from "#components/ui/time.tsx";
import type { EndpointDetail, EndpointHealth } from "#lib/deliveries/endpoint-types.ts";

const COUNTED_UP_TO = 1_000;

/** How tries went, how fast, what waits, and when it last worked. */
export function EndpointFigures({
  endpoint,
  health,
}: {
  endpoint: EndpointDetail;
  health: EndpointHealth;
}) {
  const t = useTranslations("endpoints.figures");
  const format = useFormatter();
  const { id, tries, accepted, pending, oldestPendingAt, lastSuccessAt, lastFailureAt } = endpoint;
  const none = <span className="text-ink-3">–</span>;
  const ms = (value: number) => t("ms", { count: format.number(Math.round(value), "count") });
  const count =
    pending > COUNTED_UP_TO
      ? t("moreThan", { count: format.number(COUNTED_UP_TO, "count") })
      : format.number(pending, "count");
  return (
    <StatRow>
      <Stat
        label={t("success")}
        value={tries > 0 ? format.number(accepted / tries, percent) : none}
        hint={t("tries", { count: tries })}
        href={`/deliveries?endpoint=${id}`}
      />
      <Stat
        label={t("latency")}
        value={health.p50 === null ? none : ms(health.p50)}
        hint={health.p95 === null ? t("noLatency") : t("p95", { ms: ms(health.p95) })}
      />
      <Stat
        label={t("waiting")}
        value={count}
        hint={
          oldestPendingAt ? (
            <>
              {t("oldest")} <RelativeTime at={oldestPendingAt} focusable={false} />
            </>
          ) : (
            t("noneWait")
          )
        }
        href={`/deliveries?endpoint=${id}&state=pending`}
      />
      <Stat
        label={t("lastSuccess")}
        value={lastSuccessAt ? <RelativeTime at={lastSuccessAt} /> : t("never")}
        hint={
          lastFailureAt ? (
            <span className="wrap-anywhere">
              {t("lastFailure")} <RelativeTime at={lastFailureAt} />
              {endpoint.lastError && (
                <>
                  : <ErrorKindWords kind={endpoint.lastError} />
                </>
              )}
            </span>
          ) : (
            t("noFailure")
          )
        }
      />
    </StatRow>
  );
}
