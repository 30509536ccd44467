"use client";

import { useTranslations } from "next-intl";
import { Attempt } from "#components/deliveries/attempt.tsx";
import { NextTry } from "#components/deliveries/next-try.tsx";
import { Section } from "#components/ui/section.tsx";
import type { DeliveryDetail } from "#lib/deliveries/read-delivery.ts";

/** Each try, oldest first, and when the next one is: what is new is put below and moves nothing. */
export function AttemptList({ delivery }: { delivery: DeliveryDetail }) {
  const t = useTranslations("deliveryActs.tries");
  const { attempts, state, nextAttemptAt, isTrying, tries, mostTries, endpoint } = delivery;
  const waits = endpoint !== null && endpoint.standing !== "sending";
  const latest = attempts.at(-1)?.id;
  return (
    <Section
      title={t("title")}
      description={state === "pending" ? t("count", { tries, most: mostTries }) : null}
    >
      <div className="grid max-w-240 grid-cols-1 gap-2">
        {attempts.length > 0 && (
          <ol aria-label={t("title")} className="grid grid-cols-1 gap-2">
            {attempts.map((attempt) => (
              <Attempt
                key={attempt.id}
                attempt={attempt}
                channel={endpoint?.channel}
                open={attempt.id === latest}
              />
            ))}
          </ol>
        )}
        {state === "pending" && !isTrying && nextAttemptAt && !waits && (
          <p className="text-ink-2">
            <NextTry at={nextAttemptAt} />
          </p>
        )}
        {attempts.length === 0 && state !== "pending" && <p className="text-ink-2">{t("none")}</p>}
      </div>
    </Section>
  );
}
