import { wasPaid } from "#components/orders/standing.ts";
import type { OrderDetail } from "#lib/orders/types.ts";

export const stages = ["placed", "paid", "processing", "completed"] as const;
export type Stage = (typeof stages)[number];

/** `waiting` comes next, `stopped` and `look` are how an order ended short of completion. */
export type StageState = "done" | "current" | "waiting" | "todo" | "stopped" | "look" | "skipped";

export type Step = { stage: Stage; state: StageState; at: string | null };

type Known = Pick<OrderDetail, "status" | "createdAt" | "finishedAt" | "timeline">;

/** The way of an order from the click to the code, with how far it came. */
export function progressOf(order: Known): Step[] {
  const states = statesOf(order);
  return stages.map((stage, index) => ({
    stage,
    state: states[index] ?? "todo",
    at: timeOf(order, stage),
  }));
}

function statesOf(order: Known): StageState[] {
  switch (order.status) {
    case "submitting":
      return ["current", "todo", "todo", "todo"];
    case "unconfirmed":
      return ["look", "todo", "todo", "todo"];
    case "awaiting_payment":
      return ["done", "waiting", "todo", "todo"];
    case "paid":
      return ["done", "done", "waiting", "todo"];
    case "processing":
      return ["done", "done", "current", "todo"];
    case "completed":
      return ["done", "done", "done", "done"];
    case "partial":
      return ["done", "done", "done", "look"];
    case "rejected":
      return ["done", "skipped", "skipped", "stopped"];
    case "cancelled":
    case "failed":
    case "refunded":
      return [
        "done",
        order.status === "refunded" || wasPaid(order.timeline) ? "done" : "skipped",
        movedTo(order, "processing") ? "done" : "skipped",
        "stopped",
      ];
  }
}

function timeOf(order: Known, stage: Stage): string | null {
  if (stage === "placed") return order.createdAt;
  if (stage === "completed") return order.finishedAt;
  return movedTo(order, stage);
}

function movedTo(order: Known, status: "paid" | "processing"): string | null {
  const entry = order.timeline.find(
    ({ kind, data }) => kind === "status_changed" && data.to === status,
  );
  return entry?.at ?? null;
}
