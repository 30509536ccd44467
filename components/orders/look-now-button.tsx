"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { lookNowAction } from "#app/(console)/orders/actions.ts";
import { type Failure, unreachable } from "#components/orders/action-problem.tsx";
import { Button } from "#components/ui/button.tsx";

export type LookAsked = "idle" | "asking" | "asked" | { failure: Failure };

/** Asks for a look at once; what came of asking is told beside it, by whoever holds the state. */
export function LookNowButton({
  orderId,
  state,
  onState,
}: {
  orderId: string;
  state: LookAsked;
  onState: (state: LookAsked) => void;
}) {
  const t = useTranslations("orders.looks");
  const queries = useQueryClient();
  async function ask() {
    onState("asking");
    try {
      const result = await lookNowAction(orderId);
      onState(result.ok ? "asked" : { failure: result.problem });
      if (result.ok) await queries.invalidateQueries({ queryKey: ["order", orderId] });
    } catch {
      onState({ failure: unreachable });
    }
  }
  return (
    <Button icon={<RefreshCw aria-hidden />} busy={state === "asking"} onClick={ask}>
      {t("now")}
    </Button>
  );
}
