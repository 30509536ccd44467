"use client";

import { useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { lookNowAction } from "#app/(console)/orders/actions.ts";
import { type Failure, unreachable } from "#components/orders/failure.ts";
import { useCooldown } from "#components/orders/use-cooldown.ts";
import { Button } from "#components/ui/button.tsx";
import type { OrderDetail } from "#lib/orders/types.ts";

/** A look that brings nothing by then is somebody else's to wait for. */
const WAIT_MS = 15_000;

type Before = Pick<OrderDetail, "lastLookedAt" | "status">;
type State =
  | { kind: "idle" }
  | { kind: "asking" }
  | { kind: "asked"; before: Before }
  /** It is due, and nobody has come to it yet. */
  | { kind: "late"; before: Before };

/** Has the order looked at now, is busy until that has happened, and says what it brought. */
export function LookNowButton({
  order,
  onFailure,
}: {
  order: OrderDetail;
  /** Null when a new try begins. */
  onFailure: (failure: Failure | null) => void;
}) {
  const t = useTranslations("orders.looks");
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: "idle" });
  const { id, lastLookedAt, lookAllowedAt, status } = order;
  const before = state.kind === "asked" || state.kind === "late" ? state.before : null;
  const looked = before !== null && before.lastLookedAt !== lastLookedAt;
  const waiting = state.kind === "asked" && !looked;
  const busy = state.kind === "asking" || waiting;
  const seconds = useCooldown(
    lookAllowedAt,
    lookAllowedAt ? Date.parse(lookAllowedAt) - Date.parse(order.readAt) : 0,
  );

  useEffect(() => {
    if (state.kind !== "asked") return;
    const timer = setTimeout(
      () => setState((now) => (now === state ? { kind: "late", before: state.before } : now)),
      WAIT_MS,
    );
    return () => clearTimeout(timer);
  }, [state]);

  async function ask() {
    setState({ kind: "asking" });
    onFailure(null);
    const result = await lookNowAction(id).catch(() => null);
    if (result?.ok) {
      setState({ kind: "asked", before: { lastLookedAt, status } });
      await queries.invalidateQueries({ queryKey: ["order", id] });
    } else {
      setState({ kind: "idle" });
      onFailure(result?.problem ?? unreachable);
    }
  }

  function result(): string {
    if (waiting) return t("asked");
    if (before === null) return "";
    if (!looked) return t("result.late");
    if (order.failedLooks > 0) return t("result.failed");
    return t(before.status === status ? "result.same" : "result.moved");
  }

  const cooling = seconds > 0 && !busy;
  return (
    <>
      <span
        role="status"
        className="max-w-64 text-end text-xs text-ink-2 max-md:order-last max-md:w-full max-md:text-start"
      >
        {result()}
      </span>
      <Button
        icon={<RefreshCw aria-hidden />}
        busy={busy}
        // Not `disabled`, which would drop the keyboard's focus.
        {...(cooling && { "aria-disabled": true, "data-tip": t("cooling") })}
        onClick={() => {
          if (!cooling) void ask();
        }}
      >
        {cooling ? t("nowIn", { seconds }) : t("now")}
      </Button>
    </>
  );
}
