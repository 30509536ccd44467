"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ActionResult } from "#app/_server/run-action.ts";
import { placeOrderAction } from "#app/(console)/orders/actions.ts";
import type {
  NewOrder,
  PlaceResult,
  Shortfall,
  SimilarOrder,
  SpendRefusal,
} from "#lib/orders/new-order.ts";
import type { OrderDetail, Rejection } from "#lib/orders/types.ts";
import type { PauseView } from "#lib/suppliers/pause-policy.ts";
import { askPrices } from "./ask-supplier.ts";
import { checkDraft, type FormProblem } from "./check-draft.ts";
import { confirmProduct, type Draft, draftTotal, toNewOrder } from "./draft.ts";
import { ASK_AGAIN, refusalClass } from "./refusal.ts";
import type { FormControl } from "./use-form.ts";

/** What a person is asked to agree to: nothing in it moves while they read. */
export type Offer = {
  draft: Draft;
  total: string;
  /** The total that was agreed to before the price changed under it. */
  totalBefore: string | null;
  /** Orders for the same goods of the last minutes: nothing was stored because of them. */
  similar: readonly SimilarOrder[];
  /** What the balance lacks beside what other orders were promised: nothing was stored because of it. */
  shortfall: Shortfall | null;
};

/** Why to order all the same, and what was said to be missing. */
export type OverBalance = NonNullable<NewOrder["overBalance"]>;

export type Step =
  | { kind: "editing" }
  /** Prices are asked for once more. */
  | { kind: "checking" }
  | { kind: "asking"; offer: Offer; busy: boolean }
  | { kind: "waiting"; orderId: string };

/** Why it didn't come to an order, where no field of the form is at fault. */
export type Trouble =
  | { kind: "refused"; orderId: string; rejection: Rejection; totalBefore: string }
  /** The order exists and its payment was refused so far. */
  | { kind: "unpaid"; orderId: string }
  | { kind: "taken"; orderId: string }
  | { kind: "paused"; supplierName: string; pause: PauseView }
  | { kind: "over_limit"; limit: SpendRefusal }
  | { kind: "signed_out" }
  | { kind: "forbidden"; reference: string }
  /** It may have been stored; sending it again is safe. */
  | { kind: "internal"; reference: string }
  | { kind: "unreached" };

export type Placing = {
  step: Step;
  problems: readonly FormProblem[];
  trouble: Trouble | null;
  /** Counts the answers that a person has to look at; focus goes there when it changes. */
  tries: number;
  review: () => Promise<void>;
  /** With the ids of similar orders that this one is wanted beside, and why the balance need not do. */
  place: (similarSeen: string[], overBalance: OverBalance | null) => Promise<void>;
  back: () => void;
  refused: (order: OrderDetail) => Promise<void>;
  /** Back to the form from an order that waits for its payment. */
  unpaid: (orderId: string) => void;
  /** The contents changed: what our server said of the old ones is no longer true. */
  forget: () => void;
  clear: () => void;
};

/** The way from the form to the supplier's answer. One intent is sent once at a time. */
export function usePlacing(form: FormControl): Placing {
  const { draft, clientRef, orderId } = form.state;
  const queries = useQueryClient();
  const [step, setStep] = useState<Step>({ kind: "editing" });
  const [problems, setProblems] = useState<readonly FormProblem[]>([]);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [tries, setTries] = useState(0);
  const running = useRef(false);

  // A reload found an order that still waited for the supplier's answer.
  if (orderId && step.kind === "editing" && !trouble) setStep({ kind: "waiting", orderId });

  const stop = (found: readonly FormProblem[], why: Trouble | null) => {
    setProblems(found);
    setTrouble(why);
    setTries((count) => count + 1);
    setStep({ kind: "editing" });
  };

  /** Brings prices up to date and shows what is to be agreed to, or what is wrong with it by now. */
  const offer = async (from: Draft, totalBefore: string | null, anew: boolean) => {
    const products = await askPrices(queries, from, { anew });
    for (const product of products) form.confirm(product);
    const now = products.reduce(confirmProduct, from);
    const found = checkDraft(now);
    const total = draftTotal(now);
    if (found.length > 0 || total === null) return stop(found, null);
    setStep({
      kind: "asking",
      offer: { draft: now, total, totalBefore, similar: [], shortfall: null },
      busy: false,
    });
  };

  const once =
    <Given extends unknown[]>(work: (...given: Given) => Promise<void>) =>
    async (...given: Given) => {
      if (running.current) return;
      running.current = true;
      try {
        await work(...given);
      } finally {
        running.current = false;
      }
    };

  const review = once(async () => {
    if (step.kind !== "editing" || !clientRef) return;
    const found = checkDraft(draft);
    if (found.length > 0) return stop(found, null);
    setProblems([]);
    setTrouble(null);
    setStep({ kind: "checking" });
    await offer(draft, null, false);
  });

  const place = once(async (similarSeen: string[], overBalance: OverBalance | null) => {
    if (step.kind !== "asking") return;
    const agreed = step.offer;
    setStep({ ...step, busy: true });
    const result = await send({
      ...toNewOrder(agreed.draft, clientRef, agreed.total),
      ...(similarSeen.length > 0 && { similarSeen }),
      ...(overBalance && { overBalance }),
    });
    if (result === "unreached") return stop([], { kind: "unreached" });
    if (!result.ok) return stop([], troubleOf(result.problem));
    const { value } = result;
    switch (value.kind) {
      case "placed":
      case "repeated":
        form.placed(value.orderId);
        return setStep({ kind: "waiting", orderId: value.orderId });
      case "reference_taken":
        form.answered();
        return stop([], { kind: "taken", orderId: value.orderId });
      case "paused":
      case "over_limit":
        form.answered();
        return stop([], value);
      case "similar":
      case "short": {
        form.answered();
        const why =
          value.kind === "similar" ? { similar: value.orders } : { shortfall: value.shortfall };
        return setStep({ kind: "asking", offer: { ...agreed, ...why }, busy: false });
      }
      case "invalid":
        form.answered();
        if (value.problems.some(({ kind }) => kind !== "price_changed")) {
          return stop(value.problems, null);
        }
        return offer(agreed.draft, agreed.total, true);
    }
  });

  const refused = async (order: OrderDetail) => {
    const kind = refusalClass(order.rejection?.class ?? "");
    const rejection = order.rejection ?? { class: "unknown", code: null, detail: "" };
    form.renew();
    if (ASK_AGAIN.includes(kind)) {
      for (const product of await askPrices(queries, draft, { anew: true })) form.confirm(product);
    }
    stop([], { kind: "refused", orderId: order.id, rejection, totalBefore: order.agreedTotal });
  };

  return {
    step,
    problems,
    trouble,
    tries,
    review,
    place,
    back: () => setStep({ kind: "editing" }),
    refused,
    unpaid: (waitingId) => {
      form.release();
      stop([], { kind: "unpaid", orderId: waitingId });
    },
    forget: () => {
      setProblems([]);
      setTrouble((why) => (why?.kind === "refused" ? why : null));
    },
    clear: () => {
      setProblems([]);
      setTrouble(null);
      setTries(0);
    },
  };
}

async function send(
  order: Parameters<typeof placeOrderAction>[0],
): Promise<ActionResult<PlaceResult> | "unreached"> {
  try {
    return await placeOrderAction(order);
  } catch {
    return "unreached";
  }
}

function troubleOf(problem: { code: string; reference: string }): Trouble {
  const { code, reference } = problem;
  if (code === "unauthenticated") return { kind: "signed_out" };
  return code === "forbidden" ? { kind: "forbidden", reference } : { kind: "internal", reference };
}
