"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { Money } from "#components/ui/money.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { SpendRefusal } from "#lib/orders/new-order.ts";
import type { Trouble } from "./use-placing.ts";

/** Why it didn't come to an order though nothing in the form is wrong. */
export function TroubleNotice({
  trouble,
  signInHref,
  onPlaceAnew,
}: {
  trouble: Exclude<Trouble, { kind: "refused" }>;
  signInHref: string;
  /** The form was sent before with other contents: these are meant as an order of their own. */
  onPlaceAnew: () => void;
}) {
  const t = useTranslations("newOrder.trouble");
  switch (trouble.kind) {
    case "unpaid":
      return (
        <Notice
          tone="look"
          live
          title={t("unpaid")}
          action={
            <ButtonLink href={`/orders/${trouble.orderId}`} size="sm">
              {t("openTaken")}
            </ButtonLink>
          }
        >
          {t("unpaidBody")}
        </Notice>
      );
    case "taken":
      return (
        <Notice
          tone="look"
          live
          title={t("taken")}
          action={
            <span className="flex w-full flex-wrap gap-2 pl-7">
              <ButtonLink href={`/orders/${trouble.orderId}`} size="sm">
                {t("openTaken")}
              </ButtonLink>
              <Button size="sm" onClick={onPlaceAnew}>
                {t("placeAnew")}
              </Button>
            </span>
          }
        >
          {t("takenBody")}
        </Notice>
      );
    case "paused":
      return <PausedNotice trouble={trouble} />;
    case "over_limit":
      return <OverLimitNotice limit={trouble.limit} />;
    case "signed_out":
      return (
        <Notice
          tone="look"
          live
          title={t("signedOut")}
          action={
            <ButtonLink href={signInHref} size="sm">
              {t("signIn")}
            </ButtonLink>
          }
        >
          {t("signedOutBody")}
        </Notice>
      );
    case "forbidden":
      return (
        <Notice tone="risk" live title={t("forbidden")} reference={trouble.reference}>
          {t("forbiddenBody")}
        </Notice>
      );
    case "internal":
      return (
        <Notice tone="risk" live title={t("internal")} reference={trouble.reference}>
          {t("againIsSafe")}
        </Notice>
      );
    case "unreached":
      return (
        <Notice tone="look" live title={t("unreached")}>
          {t("againIsSafe")}
        </Notice>
      );
  }
}

/** Who has paused it, until when and why: the form stays as it is until then. */
function PausedNotice({ trouble }: { trouble: Extract<Trouble, { kind: "paused" }> }) {
  const t = useTranslations("newOrder.trouble");
  const format = useFormatter();
  const { supplierName, pause } = trouble;
  const until = format.dateTime(new Date(pause.until), "dayTime");
  return (
    <Notice tone="look" live title={t("paused", { supplier: supplierName })}>
      {t("pausedBody", { by: pause.by, until, why: pause.why })}
    </Notice>
  );
}

/** What is left of what this person may order in a day. */
function OverLimitNotice({ limit: { currency, perDay, left } }: { limit: SpendRefusal }) {
  const t = useTranslations("newOrder.trouble");
  return (
    <Notice tone="look" live title={t("overLimit")}>
      {t.rich("overLimitBody", {
        left: () => <Money amount={left} currency={currency} />,
        limit: () => <Money amount={perDay} currency={currency} />,
      })}
    </Notice>
  );
}
