"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { attentionProps } from "#components/live/attention-props.ts";
import { FloatingNewRows } from "#components/live/floating-new-rows.tsx";
import { listHref, openStates } from "#components/overview/links.ts";
import { OrderSection } from "#components/overview/order-section.tsx";
import { type Lists, useHeldRows } from "#components/overview/use-held-rows.ts";

/** The orders worth knowing of: those that need a look, those open longest, those just done. */
export function OrderSections({ now }: { now: Lists }) {
  const t = useTranslations("overview");
  const [attended, setAttended] = useState(false);
  const { lists, waiting, showWaiting } = useHeldRows(now, attended);
  return (
    <div {...attentionProps(setAttended)}>
      <FloatingNewRows count={waiting} onShow={showWaiting} />
      <OrderSection
        title={t("attention")}
        rows={lists.attention}
        none={t("noAttention")}
        all={t("allAttention")}
        href="/orders?attention=1"
      />
      <OrderSection
        title={t("oldest")}
        rows={lists.oldestOpen}
        none={t("noOpen")}
        all={t("allOpen")}
        href={listHref(openStates)}
      />
      <OrderSection
        title={t("recent")}
        rows={lists.recentlyDone}
        none={t("noRecent")}
        all={t("allRecent")}
        href={listHref(["completed", "partial"])}
      />
    </div>
  );
}
