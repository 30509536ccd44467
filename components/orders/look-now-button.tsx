"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { lookNowAction } from "#app/(console)/orders/actions.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";
import { Button } from "#components/ui/button.tsx";

/** A look that brings nothing by then is somebody else's to wait for. */
const WAIT_MS = 15_000;

type State = { kind: "idle" } | { kind: "asking" } | { kind: "asked"; before: string | null };

/** Has the order looked at now, and is busy until that has happened. */
export function LookNowButton({
  orderId,
  lastLookedAt,
  onFailure,
}: {
  orderId: string;
  lastLookedAt: string | null;
  /** Null when a new try begins. */
  onFailure: (failure: Failure | null) => void;
}) {
  const t = useTranslations("orders.looks");
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: "idle" });
  const waiting = state.kind === "asked" && state.before === lastLookedAt;

  useEffect(() => {
    if (state.kind !== "asked") return;
    const timer = setTimeout(() => setState({ kind: "idle" }), WAIT_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function ask() {
    setState({ kind: "asking" });
    onFailure(null);
    const result = await lookNowAction(orderId).catch(() => null);
    if (result?.ok) {
      setState({ kind: "asked", before: lastLookedAt });
      await queries.invalidateQueries({ queryKey: ["order", orderId] });
    } else {
      setState({ kind: "idle" });
      onFailure(result?.problem ?? unreachable);
    }
  }

  return (
    <>
      <Button
        icon={<RefreshCw aria-hidden />}
        busy={state.kind === "asking" || waiting}
        onClick={ask}
      >
        {t("now")}
      </Button>
      <span role="status" className="sr-only">
        {waiting ? t("asked") : ""}
      </span>
    </>
  );
}
