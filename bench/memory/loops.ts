/** Polling as one writes it first: a loop an order, in the process. Started with `--expose-gc`. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { answerQuestions } from "../world/answer-questions.ts";

const FIRST_MS = 3_000;
const CAP_MS = 15_000;

type Watched = { orderId: string; supplierOrderId: string; status: string; tries: number };

/** It asks nobody, so that nothing is weighed but the loop, its timer and what it knows of the order. */
async function getOrder(order: Watched): Promise<string> {
  return order.status;
}

async function poll(orderId: string): Promise<void> {
  const order: Watched = { orderId, supplierOrderId: randomUUID(), status: "processing", tries: 0 };
  let pauseMs = FIRST_MS;
  for (;;) {
    await wait(pauseMs * (0.8 + Math.random() * 0.4));
    order.status = await getOrder(order);
    order.tries += 1;
    if (order.status === "completed") return;
    pauseMs = Math.min(CAP_MS, pauseMs * 1.5);
  }
}

answerQuestions({
  begin(count: number) {
    for (let number = 0; number < count; number += 1) void poll(randomUUID());
  },
  weigh() {
    globalThis.gc?.();
    return process.memoryUsage().rss;
  },
});
